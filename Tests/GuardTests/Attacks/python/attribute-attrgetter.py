import operator, random
print("BREACH", operator.attrgetter("_os.getpid")(random)())
