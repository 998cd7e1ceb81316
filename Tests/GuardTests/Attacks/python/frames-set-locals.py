import sys, random, contextlib
@contextlib.contextmanager
def m():
    yield
c = m()
f = type(c).__enter__
print("BREACH", f.__globals__["os"].getpid() if "os" in f.__globals__ else f.__globals__["sys"].modules["os"].getpid())
