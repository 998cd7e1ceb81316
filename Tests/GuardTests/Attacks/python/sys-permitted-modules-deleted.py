# policy: {"denied": ["os"]}
import sys
del sys.modules["os"]
import os
print("BREACH", os.getpid())
