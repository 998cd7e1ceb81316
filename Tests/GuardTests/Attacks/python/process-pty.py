import pty
print("BREACH", pty.fork()[0] >= 0)
