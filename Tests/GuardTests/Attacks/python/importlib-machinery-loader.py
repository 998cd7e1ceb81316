import importlib.machinery
m = importlib.machinery.BuiltinImporter.load_module("posix")
print("BREACH", m.getpid())
