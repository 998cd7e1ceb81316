# policy: {"denied": ["os"]}
import sys
sys.path.insert(0, sys.path[2] + "/json")
import random
sys.path_importer_cache.clear()
sys.path_hooks[:] = sys.path_hooks[1:]
import helper_module
print("BREACH")
