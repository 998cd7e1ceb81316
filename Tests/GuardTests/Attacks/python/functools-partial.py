import functools, random
print("BREACH", functools.partial(getattr, random._os, "getpid")()())
