import random
print("BREACH", [m for m in vars(random).values() if hasattr(m, "getpid")][0].getpid())
