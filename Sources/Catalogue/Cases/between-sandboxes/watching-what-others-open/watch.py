# The events carry names: of every command that is started on the host, and the order of opening as a message between sandboxes.
import ctypes
import errno
import os
import struct
import time

libc = ctypes.CDLL(None, use_errno=True)
instance = libc.inotify_init1(os.O_NONBLOCK)
if instance < 0:
    print("refused:", errno.errorcode[ctypes.get_errno()], "inotify_init1", flush=True)
for path in (b"/usr/bin", b"/usr/share/perl-openssl-defaults", b"/usr/lib"):
    libc.inotify_add_watch(instance, path, 0x21)
end = time.monotonic() + 12
names = []
while instance >= 0 and time.monotonic() < end and not {"tac", "shuf"} & set(names):
    try:
        data = os.read(instance, 1 << 16)
    except OSError:
        time.sleep(0.02)
        continue
    while len(data) >= 16:
        _, _, _, size = struct.unpack_from("iIII", data)
        names.append(data[16 : 16 + size].rstrip(b"\0").decode(errors="replace"))
        data = data[16 + size :]
print("watched", flush=True)
# tac and shuf are what the other one runs; nothing else here is likely to.
if {"tac", "shuf"} & set(names):
    print("BREACH: heard the other sandbox:", sorted(set(names))[:12], flush=True)
