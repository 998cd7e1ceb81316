import functools, operator, random
class Mine:
    def __init__(self):
        pass
    it = functools.cached_property(lambda self: operator.attrgetter("getpid")(random._os))
print("BREACH", Mine().it())
