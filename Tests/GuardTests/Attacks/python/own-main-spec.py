# policy: {"denied": ["os"]}
import sys
__path__ = [sys.path[2]]
sys.modules["helper_module2"] = sys.modules["__main__"]
import helper_module2.os as o
print("BREACH", o.getpid())
