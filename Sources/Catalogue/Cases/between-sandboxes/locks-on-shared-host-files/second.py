# Asks four seconds long whether anybody else holds one of the locks.
import fcntl
import os
import sys
import time

found = set()
begun = time.monotonic()
while time.monotonic() - begun < 3.5 and not found:
    for name in ("/usr/bin/env", "/usr/bin/id", "/etc/ld.so.cache", "/usr/lib", "/dev/null", "/usr/share/zoneinfo/Etc/UTC"):
        try:
            file = os.open(name, os.O_RDONLY)
        except OSError:
            continue
        try:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            found.add(name)
        except OSError:
            pass
        os.close(file)
    time.sleep(0.05)
for name in sorted(found):
    print("BREACH: another sandbox's lock is on", name, flush=True)
sys.exit(bool(found))
