# One kernel of compressed zeros serves every entry, as in zbsm.zip: 100 kB unpack to 400 MB.
import io
import shutil
import sys
import zipfile
import zlib

packer = zlib.compressobj(9, zlib.DEFLATED, -15)
# What stands between two full flushes refers to nothing before it, and may be repeated.
megabyte = packer.compress(bytes(1 << 20)) + packer.flush(zlib.Z_FULL_FLUSH)
kernel = megabyte * 100 + packer.flush()
size = 100 << 20


class Bomb(io.RawIOBase):
    def __init__(self):
        self.unpacker = zlib.decompressobj(-15)
        self.rest = kernel

    def readable(self):
        return True

    def readinto(self, buffer):
        part = self.unpacker.decompress(self.rest, len(buffer))
        self.rest = self.unpacker.unconsumed_tail
        buffer[: len(part)] = part
        return len(part)


if sys.argv[1] == "memory":
    held = [zlib.decompress(kernel, -15) for _ in range(4)]
else:
    with open("/tmp/unpacked", "wb") as file:
        for _ in range(4):
            shutil.copyfileobj(Bomb(), file, 1 << 16)
print("BREACH: unpacked", size * 4, flush=True)
