import ctypes
print("BREACH", ctypes.CDLL(None).getpid())
