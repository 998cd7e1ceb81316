import random
random._os.__class__ = type(random)
print("BREACH", random._os.getpid())
