import antigravity
print("BREACH", antigravity.webbrowser.os.getpid())
