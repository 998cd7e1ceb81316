# policy: {"denied": ["socket"]}
import importlib.machinery as machinery
import string
import sys
path = string.__file__.replace("string.", "socket.")
class Finder:
    @staticmethod
    def find_spec(name, where=None, target=None):
        if name == "msvcrt":
            return machinery.ModuleSpec(name, machinery.SourceFileLoader(name, path), origin=path)
sys.meta_path.insert(0, Finder)
try:
    import subprocess
except ImportError as error:
    print(repr(error))
print("BREACH", sys.modules["msvcrt"].AF_INET)
