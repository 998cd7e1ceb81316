# Messages of the collector hold 65,536 bytes: contents that look like its own records, and sizes around the chunk's.
import mmap
import os
import struct
import time

sizes = {"a": 0, "b": 1, "c": 4096, "d": 65535, "e": 65536, "f": 65537}
for name, size in sizes.items():
    with open(name + ".bin", "wb") as file:
        file.write((b"\0" + struct.pack("<Q", 1 << 62) + b"/etc/passwd\0" + b"\xff" * 11) * (size // 32) + b"\0" * (size % 32))
file = os.open("g.bin", os.O_CREAT | os.O_RDWR)
os.ftruncate(file, 1 << 20)
if os.fork() == 0:
    os.setsid()
    memory = mmap.mmap(file, 1 << 20)
    end = time.monotonic() + 200
    while time.monotonic() < end:
        memory[0:16] = struct.pack("<QQ", 1 << 40, time.monotonic_ns())
        os.ftruncate(file, 1 << 20)
    os._exit(0)
print("mapped", flush=True)
