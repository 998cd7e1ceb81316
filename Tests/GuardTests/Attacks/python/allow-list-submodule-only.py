# policy: {"denied": [], "allowed": ["os.path"]}
import os.path
print("BREACH", os.getpid())
