from os import getpid
print("BREACH", getpid())
