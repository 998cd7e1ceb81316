# policy: {"denied": ["ftplib"]}
import importlib
import importlib.abc
import importlib.metadata
import importlib.util
import runpy
import helper_one
print(importlib.reload(helper_one) is helper_one)
spec = importlib.util.spec_from_file_location("again", helper_one.__file__)
again = importlib.util.module_from_spec(spec)
spec.loader.exec_module(again)
print(again.__name__, sorted(name for name in vars(again) if not name.startswith("_")))
loader = importlib.util.LazyLoader(importlib.machinery.SourceFileLoader("lazy", helper_one.__file__))
spec = importlib.util.spec_from_file_location("lazy", helper_one.__file__, loader=loader)
lazy = importlib.util.module_from_spec(spec)
spec.loader.exec_module(lazy)
print(sorted(name for name in vars(lazy) if not name.startswith("_")))
print(sorted(name for name in runpy.run_path(helper_one.__file__) if not name.startswith("_")))
print(importlib.metadata.PackageNotFoundError.__name__, issubclass(importlib.abc.SourceLoader, importlib.abc.Loader))
