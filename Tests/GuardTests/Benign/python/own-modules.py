import package.part, helper_one
from package import value, part as again
from package.deep import bottom
import importlib
print(package.part.name(), helper_one.__file__, value, again is package.part, bottom.up, helper_one.__name__)
print(importlib.import_module("package.late").x, importlib.import_module(".late", "package").x)
