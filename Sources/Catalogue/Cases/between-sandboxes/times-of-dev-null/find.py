# Nobody else sets these times: a moment within the last seconds is the other sandbox's.
import os
import time

looked = 0
for name in ("null", "zero", "full", "random", "urandom"):
    if time.time() - os.stat("/dev/" + name).st_mtime < 30:
        print("BREACH: somebody has just touched", name, flush=True)
    looked += 1
print("looked at", looked, flush=True)
