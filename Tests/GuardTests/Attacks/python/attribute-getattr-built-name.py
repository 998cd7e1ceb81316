import random
print("BREACH", getattr(getattr(random, "_" + "so"[::-1]), "get" + "pid")())
