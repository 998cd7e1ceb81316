f = type(lambda: 0)(compile("__import__('os')", "x", "eval"), {})
print("BREACH", f().getpid())
