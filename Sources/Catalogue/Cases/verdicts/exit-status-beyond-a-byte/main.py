# exit_group takes an int and the kernel keeps its low byte; wait's status has that in its second byte.
import ctypes
import sys

code = int(sys.argv[1])
ctypes.CDLL(None).syscall(231 if sys.maxsize > 1 << 32 else 252, ctypes.c_long(code))
