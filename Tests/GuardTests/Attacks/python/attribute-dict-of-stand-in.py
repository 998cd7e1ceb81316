import random
print("BREACH", random._os.__dict__["getpid"]())
