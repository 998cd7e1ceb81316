# "Page Cache Attacks" (Gruss and others, 2019): throw a file out of memory, wait, and ask without waiting whether it is back.
# One look for each file, since looking may itself begin to read.
import errno
import os
import signal
import sys

signal.alarm(28)
breaches = []


def breach(what):
    breaches.append(what)
    print("BREACH:", what, flush=True)


def refused(error, what):
    print("refused:", errno.errorcode.get(error.errno, error.errno), what, flush=True)
import time

used, control = ("tsort", "factor", "shuf"), ("ptx", "csplit", "pinky")
files = {}
for name in used + control:
    try:
        files[name] = os.open("/usr/bin/" + name, os.O_RDONLY)
    except OSError as error:
        refused(error, name)


def resident(file):
    try:
        return os.preadv(file, [bytearray(4096)], 8192, os.RWF_NOWAIT) > 0
    except BlockingIOError:
        return False
    except OSError as error:
        refused(error, "RWF_NOWAIT")
        return False


# Three times, for pages that are still on their way.
for _ in range(3):
    for file in files.values():
        os.posix_fadvise(file, 0, 0, os.POSIX_FADV_DONTNEED)
    time.sleep(0.1)
time.sleep(3)
state = {name: resident(file) for name, file in files.items()}
print("looked:", *(f"{name}={int(there)}" for name, there in state.items()), flush=True)
back = [name for name in used if state.get(name)]
if back and not any(state.get(name) for name in control):
    breach("others have run " + " ".join(back))
sys.exit(bool(breaches))
