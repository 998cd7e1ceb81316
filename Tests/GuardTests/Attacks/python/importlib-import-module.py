import importlib
print("BREACH", importlib.import_module("os").getpid())
