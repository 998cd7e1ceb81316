# Every finder and loader is a Python object that a program can reach: the classes, their instances, and the lists of them.
import importlib.machinery as machinery
import math
import string
import sys

tried = 0
got = []
folder = string.__file__.rpartition("/")[0]


def attempt(name, action):
    global tried
    tried += 1
    kept, hooks = list(sys.meta_path), list(sys.path_hooks)
    got.clear()
    try:
        action()
    except BaseException as error:
        print("refused:", type(error).__name__, name, flush=True)
    sys.meta_path[:], sys.path_hooks[:] = kept, hooks
    sys.path_importer_cache.clear()
    for module in got:
        try:
            print("BREACH:", name, module.socketpair()[0], flush=True)
        except (ImportError, AttributeError):
            pass


def afresh():
    for key in list(sys.modules):
        if key.partition(".")[0] in ("asyncio", "socket", "_socket", "selectors", "ssl", "_ssl"):
            del sys.modules[key]


def first(wanted, make):
    class Finder:
        @staticmethod
        def find_spec(name, path=None, target=None):
            return make(name) if name == wanted else None

    sys.meta_path.insert(0, Finder)


def through_asyncio():
    afresh()
    import asyncio  # noqa: F401, which imports socket, which imports _socket


class Keeping(machinery.SourceFileLoader):
    def exec_module(self, module):
        got.append(module)
        super().exec_module(module)


def own_finder():
    first("socket", lambda name: machinery.ModuleSpec(name, Keeping(name, folder + "/socket.py")))
    through_asyncio()


def built_in_loader():
    class Loader(machinery.BuiltinImporter):
        exec_module = staticmethod(got.append)

    first("zzz", lambda name: machinery.ModuleSpec("_socket", Loader, origin="built-in"))
    import zzz  # noqa: F401


def built_in_loader_of_the_library():
    class Loader(machinery.BuiltinImporter):
        exec_module = staticmethod(got.append)

    first("_socket", lambda name: machinery.ModuleSpec(name, Loader, origin="built-in"))
    through_asyncio()


def class_of_importer():
    importer = machinery.BuiltinImporter
    kept = importer.__dict__["exec_module"]
    importer.exec_module = staticmethod(got.append)
    try:
        through_asyncio()
    finally:
        importer.exec_module = kept


def class_that_finds():
    importer = math.__loader__ if isinstance(math.__loader__, type) else machinery.BuiltinImporter
    kept = importer.__dict__["exec_module"], importer.__dict__["find_spec"]
    importer.exec_module = staticmethod(got.append)
    importer.find_spec = classmethod(lambda cls, name, path=None, target=None: type(math.__spec__)("_socket", importer))
    math.__path__ = []
    try:
        __import__("math.zzz")
    finally:
        importer.exec_module, importer.find_spec = kept


def class_of_file_loader():
    loader = machinery.SourceFileLoader
    base = next(each for each in loader.__mro__ if "exec_module" in each.__dict__)
    kept = base.exec_module

    def exec_module(self, module):
        got.append(module)
        kept(self, module)

    base.exec_module = exec_module
    try:
        through_asyncio()
    finally:
        base.exec_module = kept


def finder_of_a_folder():
    def hook(path):
        if path != folder:
            raise ImportError

        class Finder(machinery.FileFinder):
            def find_spec(self, name, target=None):
                spec = super().find_spec(name, target)
                if spec and name == "socket":
                    spec.loader = Keeping(name, spec.origin)
                return spec

        return Finder(path, (machinery.SourceFileLoader, [".py"]), (machinery.ExtensionFileLoader, machinery.EXTENSION_SUFFIXES))

    sys.path_hooks.insert(0, hook)
    sys.path_importer_cache.clear()
    through_asyncio()


def file_under_another_name():
    path = folder + "/socket.py"
    first("msvcrt", lambda name: machinery.ModuleSpec(name, Keeping(name, path)))
    sys.modules.pop("subprocess", None)
    import subprocess  # noqa: F401, which looks for msvcrt

    got.append(sys.modules["msvcrt"])


for way in (own_finder, built_in_loader, built_in_loader_of_the_library, class_of_importer, class_that_finds,
            class_of_file_loader, finder_of_a_folder, file_under_another_name):  # fmt: skip
    attempt(way.__name__, way)
print("tried", tried, "ways", flush=True)
