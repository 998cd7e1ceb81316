import _ctypes
print("BREACH", _ctypes.dlopen(None, 2))
