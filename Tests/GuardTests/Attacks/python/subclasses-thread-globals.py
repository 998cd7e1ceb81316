kind = [k for k in object.__subclasses__() if k.__name__ == "_Printer"][0]
print("BREACH", kind.__call__.__globals__["sys"].modules["os"].getpid())
