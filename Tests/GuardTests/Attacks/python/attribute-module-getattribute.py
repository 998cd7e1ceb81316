import random
print("BREACH", type(random).__getattribute__(random._os, "getpid")())
