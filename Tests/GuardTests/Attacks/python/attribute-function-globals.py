import random
print("BREACH", random.seed.__globals__["_os"].getpid())
