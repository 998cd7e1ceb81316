# policy: {"denied": ["os", "glob"]}
import json, package, pkgutil
package.__path__.append(json.__file__.rpartition("/json/")[0])
print("BREACH", pkgutil.resolve_name("package.glob"))
