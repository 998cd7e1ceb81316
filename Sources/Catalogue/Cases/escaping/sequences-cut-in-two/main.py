# A filter that looks at each chunk by itself sees half a sequence in each. Chunks end at 4,096 and 65,536 and with each write.
import sys
import time

out, error = sys.stdout.buffer, sys.stderr.buffer


def put(stream, data):
    stream.write(data)
    stream.flush()


for part in (b"\x1b", b"]", b"0;", b"INJ", b"\x07", b"\xc2", b"\x9b", b"2J", b"\xe2", b"\x80", b"\xae", b"\x1b", b"[2", b"J"):
    put(out, part)
    time.sleep(0.02)
put(out, b"\x1b")
put(error, b"[2J]0;INJ\x07")
for size in (4096, 65536):
    put(out, b"." * (size - 1) + b"\x1b" + b"]0;INJ\x07")
    put(error, b"." * (size - 1) + b"\xc2" + b"\x9b2J")
put(out, b"\nplain INJ\n")
