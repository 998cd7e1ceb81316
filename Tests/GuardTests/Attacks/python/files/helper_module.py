import os

print("BREACH", os.getpid())
