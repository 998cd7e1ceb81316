import random, weakref
class Mine:
    pass
mine = Mine()
r = weakref.ref(mine, lambda _: print("BREACH", random._os.getpid()))
del mine
