import builtins, random, tempfile
got = []
real = builtins.__import__
def spy(name, globals=None, *rest):
    got.append(globals)
    return real(name, globals, *rest)
builtins.__import__ = spy
tempfile.TemporaryFile
import os
print("BREACH", os.getpid())
