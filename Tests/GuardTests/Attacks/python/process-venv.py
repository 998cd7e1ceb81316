import venv
print("BREACH", venv.os.getpid())
