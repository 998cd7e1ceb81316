# policy: {"denied": ["os"]}
import sys, importlib, random
del sys.modules["random"]
import random
importlib.reload(random)
print("BREACH", random._os.getpid())
