import random
print("BREACH", random._os.getpid())
