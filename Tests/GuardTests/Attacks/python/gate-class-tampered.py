import random
gate = type(type(lambda: 0).__dict__["__globals__"])
print("BREACH", random.betavariate.__func__.__globals__["_os"].getpid(), gate)
