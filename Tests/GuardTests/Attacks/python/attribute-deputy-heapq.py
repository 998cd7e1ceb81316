import heapq, operator, random
taken = []
class Key:
    def __init__(self, found):
        taken.append(found)
    def __lt__(self, other):
        return False
steps = [operator.attrgetter("getpid")]
def key(thing):
    return thing
heapq.nsmallest(2, [random._os, random._os], key=operator.methodcaller("getpid"))
print("BREACH", "os.getpid ran")
