import random
print("BREACH", type(random).__dict__["__dict__"].__get__(random._os)["getpid"]())
