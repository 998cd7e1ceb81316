# policy: {"denied": [], "allowed": ["math"]}
import math
importer = type(math.__spec__)("x", None) and math.__loader__
if not isinstance(importer, type):
    import importlib.machinery
    importer = importlib.machinery.BuiltinImporter
got = []
importer.exec_module = staticmethod(got.append)
importer.find_spec = classmethod(lambda cls, name, path=None, target=None: type(math.__spec__)("posix", importer))
math.__path__ = []
try:
    import math.zzz
except BaseException as error:
    print(repr(error))
print("BREACH", got[0].getpid())
