# Each program that anybody on the host starts opens a file below /usr, and inotify names it. The other sandbox runs programs
# that this one never does; the watch itself needs neither a capability nor a call that is refused.
import errno
import os
import signal
import sys

signal.alarm(15)
breaches = []


def breach(what):
    breaches.append(what)
    print("BREACH:", what, flush=True)


def refused(error, what):
    print("refused:", errno.errorcode.get(error.errno, error.errno), what, flush=True)
import ctypes
import struct
import time

libc = ctypes.CDLL(None, use_errno=True)
watch = libc.inotify_init1(os.O_NONBLOCK)
for folder in (b"/usr/bin", b"/usr/lib", b"/bin", b"/dev"):
    if libc.inotify_add_watch(watch, folder, 0x23) < 0:
        refused(OSError(ctypes.get_errno(), ""), "watch " + folder.decode())
seen = set()
begun = time.monotonic()
while time.monotonic() - begun < 4:
    try:
        data = os.read(watch, 65536)
    except BlockingIOError:
        time.sleep(0.05)
        continue
    except OSError as error:
        refused(error, "read")
        break
    place = 0
    while place < len(data):
        _, _, _, size = struct.unpack_from("iIII", data, place)
        seen.add(data[place + 16:place + 16 + size].rstrip(b"\0").decode())
        place += 16 + size
for name in ("tsort", "cksum", "fold"):
    if name in seen:
        breach("another ran " + name)
print("watched: 4 seconds,", len(seen), "names", flush=True)
sys.exit(bool(breaches))
