# What a library file's code may do hangs on the file's name. Here other text comes under such a name.
import importlib.machinery as machinery
import importlib.util
import marshal
import string
import sys

tried = 0
source = "import socket\nprint('BREACH: code of a library file:', socket.socketpair()[0].family, flush=True)\n"
folder = string.__file__.rpartition("/")[0]


def attempt(name, action):
    global tried
    tried += 1
    kept = list(sys.meta_path)
    try:
        action()
    except BaseException as error:
        print("refused:", type(error).__name__, name, flush=True)
    sys.meta_path[:] = kept


def first(name, spec):
    class Finder:
        @staticmethod
        def find_spec(wanted, path=None, target=None):
            return spec if wanted == name else None

    sys.meta_path.insert(0, Finder)


def other_data():
    class Loader(machinery.SourceFileLoader):
        def get_data(self, path):
            if path.endswith(".pyc"):
                raise OSError
            return source.encode()

        def path_stats(self, path):
            raise OSError

    first("zz", machinery.ModuleSpec("zz", Loader("zz", folder + "/zz.py")))
    import zz  # noqa: F401


def class_of_loader():
    base = next(each for each in machinery.SourceFileLoader.__mro__ if "get_data" in each.__dict__)
    kept = base.get_data

    def get_data(self, path):
        base.get_data = kept
        return source.encode()

    first("zy", machinery.ModuleSpec("zy", machinery.SourceFileLoader("zy", folder + "/zy.py")))
    base.get_data = get_data
    try:
        import zy  # noqa: F401
    finally:
        base.get_data = kept


def cache_elsewhere():
    target = folder + "/colorsys.py"
    sys.pycache_prefix = sys.path[0] + "/cache"
    sys.modules.pop("colorsys", None)
    try:
        cached = importlib.util.cache_from_source(target)
        import pathlib

        pathlib.Path(cached).parent.mkdir(parents=True, exist_ok=True)
        status = pathlib.Path(target).stat()
        stamp = (0).to_bytes(4, "little") + int(status.st_mtime).to_bytes(4, "little") + status.st_size.to_bytes(4, "little")
        code = compile(source, __file__, "exec")
        pathlib.Path(cached).write_bytes(importlib.util.MAGIC_NUMBER + stamp + marshal.dumps(code))
        import colorsys  # noqa: F401
    finally:
        sys.pycache_prefix = None


class Name(str):
    lies = False

    def startswith(self, *rest):
        return Name.lies


def file_name_that_lies():
    code = compile("def f():\n    import socket\n    return socket.socketpair()[0]\n", Name(folder + "/x.py"), "exec")
    space = {"__name__": "x"}
    exec(code, space)
    Name.lies = True
    try:
        print("BREACH: a file name that lies:", space["f"](), flush=True)
    finally:
        Name.lies = False


def globals_of_the_importer():
    class Spec(str):
        pass

    class Loader:
        create_module = exec
        exec_module = None

    spec = Spec("print('BREACH: in the globals of', __name__, flush=True)")
    spec.loader, spec.name, spec.parent, spec.submodule_search_locations = Loader, "zx", "", None
    first("zx", spec)
    import zx  # noqa: F401


def nothing_for_globals():
    class Module:
        __name__ = "zw"
        __dict__ = None

    class Loader(machinery.SourceFileLoader):
        def get_code(self, name):
            return compile("print('BREACH: in the globals of', __name__, flush=True)", "zw", "exec")

    Loader("zw", sys.path[0] + "/zw.py").exec_module(Module())


for way in (other_data, class_of_loader, cache_elsewhere, file_name_that_lies, globals_of_the_importer, nothing_for_globals):
    attempt(way.__name__, way)
print("tried", tried, "ways", flush=True)
