# /proc/PID/mem is ptrace without the call, and no filter on ptrace sees it.
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

own = {os.getpid()}
found = {1, os.getppid(), @@VICTIM_PID@@} | {int(name) for name in os.listdir("/proc") if name.isdigit()}
for pid in sorted(found - own - {0}):
    for name, flags in (("mem", os.O_RDONLY), ("mem", os.O_RDWR), ("environ", os.O_RDONLY), ("auxv", os.O_RDONLY)):
        path = f"/proc/{pid}/{name}"
        try:
            file = os.open(path, flags)
            breach(path)
            if name == "environ":
                print(os.read(file, 4096), flush=True)
            os.close(file)
        except OSError as error:
            refused(error, "the victim " + name if pid == @@VICTIM_PID@@ else path)
sys.exit(bool(breaches))
