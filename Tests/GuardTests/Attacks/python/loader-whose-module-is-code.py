# policy: {"denied": ["os"]}
import sys
class Spec(str):
    pass
class Loader:
    create_module = exec
    exec_module = None
spec = Spec("print('BREACH', __name__)")
spec.loader, spec.name, spec.parent, spec.submodule_search_locations = Loader, "zz", "", None
class Finder:
    @staticmethod
    def find_spec(name, path=None, target=None):
        return spec if name == "zz" else None
sys.meta_path.insert(0, Finder)
try:
    import zz
except AttributeError as error:
    print(repr(error))
