import importlib
print("BREACH", importlib.__import__("os").getpid())
