# 40 files of 60 MB each take a page each; a copy of them is 2.4 GB, and a record with all of them in it too.
import errno
import os
import signal

signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
made = 0
for number in range(40):
    with open(f"hole{number}.bin", "wb") as file:
        file.truncate(60_000_000)
        file.seek(59_000_000)
        file.write(b"end")
    made += 1
print("made", made, "holes", flush=True)
for size in (1 << 40, (1 << 63) - 1):
    try:
        os.truncate("hole0.bin", size)
        print("BREACH: a file of", size, flush=True)
    except OSError as error:
        print("refused:", errno.errorcode[error.errno], size, flush=True)
