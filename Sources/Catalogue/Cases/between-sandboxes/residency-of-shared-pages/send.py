# Pages 0, 64, 128 ... of a file that nobody reads: out all of them, then in where the bit is one.
import os

bits = "1011001110001101"
path = next(p for p in ("/usr/lib/x86_64-linux-gnu/libgfortran.so.5", "/usr/lib/gcc/x86_64-linux-gnu/12/f951", "/usr/bin/perl", "/usr/bin/bash") if os.path.exists(p))
file = os.open(path, os.O_RDONLY)
os.posix_fadvise(file, 0, 0, os.POSIX_FADV_RANDOM)
os.posix_fadvise(file, 0, 0, os.POSIX_FADV_DONTNEED)
for number, bit in enumerate(bits):
    if bit == "1":
        os.pread(file, 4096, number * 64 * 4096 // 4)
print("placed", flush=True)
