# policy: {"denied": ["os", "glob"]}
import json, package
package.__path__.append(json.__file__.rpartition("/json/")[0])
import package.glob as g
print("BREACH", g.os.getpid())
