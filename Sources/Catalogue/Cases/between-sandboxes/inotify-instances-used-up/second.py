# Asks for one instance at a time, for three and a half seconds.
import ctypes
import errno
import os
import sys
import time

libc = ctypes.CDLL(None, use_errno=True)
begun = time.monotonic()
while time.monotonic() - begun < 3.5:
    watch = libc.inotify_init1(0)
    if watch < 0 and ctypes.get_errno() == errno.ENOSYS:
        print("refused: ENOSYS inotify_init1", flush=True)
        sys.exit(0)
    if watch < 0:
        print("BREACH: another's instances leave none:", errno.errorcode[ctypes.get_errno()], flush=True)
        sys.exit(1)
    os.close(watch)
    time.sleep(0.05)
print("there was always one")
