# policy: {"denied": ["os"]}
import importlib.machinery as machinery
import string
import sys as system
class Loader(machinery.SourceFileLoader):
    def get_data(self, path):
        if path.endswith(".pyc"):
            raise OSError
        return b"import os\nprint('BREACH', os.getpid())\n"
    def path_stats(self, path):
        raise OSError
class Finder:
    @staticmethod
    def find_spec(name, path=None, target=None):
        if name == "zz":
            return machinery.ModuleSpec(name, Loader(name, string.__file__.replace("string.", "zz.")))
system.meta_path.insert(0, Finder)
import zz
