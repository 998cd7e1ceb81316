# A single allocation is faulted in by the kernel or the interpreter's C code, where no check of the program's can be.
import mmap
import sys

kind = sys.argv[1]
if kind == "bytes":
    made = b"x" * (1 << 30)
elif kind == "integer":
    made = (1 << (8 << 30 >> 1)) - 1
elif kind == "list":
    made = [0] * (1 << 27)
elif kind == "string":
    made = "\U0001f4a5" * (1 << 28)
else:
    made = mmap.mmap(-1, 1 << 30, flags=mmap.MAP_SHARED | mmap.MAP_ANONYMOUS | mmap.MAP_POPULATE)
print("BREACH: made", kind, flush=True)
