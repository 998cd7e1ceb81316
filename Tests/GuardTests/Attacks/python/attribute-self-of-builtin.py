import random
print("BREACH", random._urandom.__self__.getpid())
