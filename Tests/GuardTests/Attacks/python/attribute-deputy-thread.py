import random, operator, threading
class Taker(list):
    pass
out = []
def run(function, thing):
    out.append(function(thing))
thread = threading.Thread(target=run, args=(operator.methodcaller("getpid"), random._os))
thread.start()
thread.join()
print("BREACH", out[0])
