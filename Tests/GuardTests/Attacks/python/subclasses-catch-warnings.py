import warnings
kind = [k for k in ().__class__.__base__.__subclasses__() if k.__name__ == "catch_warnings"][0]
print("BREACH", kind()._module.sys.modules["os"].getpid())
