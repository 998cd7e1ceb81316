import random
print("BREACH", type(random.betavariate.__func__).__dict__["__globals__"].__get__(random.betavariate.__func__)["_os"].getpid())
