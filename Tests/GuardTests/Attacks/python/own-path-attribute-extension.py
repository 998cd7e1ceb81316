# policy: {"denied": ["_ctypes"]}
import json, package
package.__path__.append(json.__file__.rpartition("/json/")[0] + "/lib-dynload")
import package._ctypes as c
print("BREACH", c.dlopen)
