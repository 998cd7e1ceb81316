import builtins
found = []
real = builtins.__build_class__
def spy(function, *rest, **named):
    found.append(function.__globals__)
    return real(function, *rest, **named)
builtins.__build_class__ = spy
import zipfile
print("BREACH", [space["os"].getpid() for space in found if "os" in space][0])
