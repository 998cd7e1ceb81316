import operator, random
print("BREACH", operator.methodcaller("getpid")(random._os))
