import importlib, random
print("BREACH", importlib.reload(random._os).getpid())
