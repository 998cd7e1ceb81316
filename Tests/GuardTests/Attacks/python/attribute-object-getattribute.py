import random
print("BREACH", object.__getattribute__(random._os, "getpid")())
