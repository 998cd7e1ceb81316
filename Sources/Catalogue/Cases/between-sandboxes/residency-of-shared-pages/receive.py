# EAGAIN says that the page would have to be read first.
import os

bits = "1011001110001101"
path = next(p for p in ("/usr/lib/x86_64-linux-gnu/libgfortran.so.5", "/usr/lib/gcc/x86_64-linux-gnu/12/f951", "/usr/bin/perl", "/usr/bin/bash") if os.path.exists(p))
file = os.open(path, os.O_RDONLY)
os.posix_fadvise(file, 0, 0, os.POSIX_FADV_RANDOM)
seen = ""
for number in range(len(bits)):
    try:
        os.preadv(file, [bytearray(1)], number * 64 * 4096 // 4, os.RWF_NOWAIT)
        seen += "1"
    except BlockingIOError:
        seen += "0"
    except OSError:
        seen += "?"
print("looked", seen, flush=True)
if sum(a == b for a, b in zip(seen, bits)) >= 15:
    print("BREACH: read what the first sandbox left in the page cache", flush=True)
