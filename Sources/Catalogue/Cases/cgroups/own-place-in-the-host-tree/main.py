# The path names the service, the container or the user that runs the sandbox, and is what release_agent attacks need.
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
import re

paths = set()
for name in ("/proc/self/cgroup", "/proc/thread-self/cgroup", f"/proc/{os.getppid()}/cgroup", "/proc/1/cgroup"):
    try:
        for line in open(name):
            path = line.rstrip("\n").split(":", 2)[2]
            paths.add(path)
            if path != "/":
                breach(f"{name} says {path}")
    except OSError as error:
        refused(error, name)
for line in open("/proc/self/mountinfo"):
    if re.search(r" - cgroup2? ", line) and line.split()[3] != "/":
        breach("mountinfo says " + line.split()[3])
print("paths:", *sorted(paths), flush=True)
sys.exit(bool(breaches))
