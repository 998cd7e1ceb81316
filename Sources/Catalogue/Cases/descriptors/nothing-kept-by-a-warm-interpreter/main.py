# Also in a child that is started by exec, which a close-on-exec flag alone would protect, and among the mappings.
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

found = []
for number in range(0, 4096):
    try:
        os.fstat(number)
        found.append(number)
    except OSError:
        pass
print("open:", *found, flush=True)
if len(found) > 3:
    breach("left open: " + str([os.readlink(f"/proc/self/fd/{n}") for n in found[3:]]))
child = os.popen("exec ls -l /proc/self/fd").read()
for line in child.splitlines()[1:]:
    if "->" in line and not any(word in line for word in ("pipe:", "/dev/null", "/proc/")):
        breach("a child has " + line.split("->")[1])
for line in open("/proc/self/maps"):
    if "memfd:" in line or "socket:" in line or "(deleted)" in line and "python" not in line:
        breach("mapped: " + line.strip())
threads = os.listdir("/proc/self/task")
print("threads:", len(threads), flush=True)
if "SANDERLING" in " ".join(os.environ) or "LD_PRELOAD" in os.environ:
    breach("the environment tells of the sandbox")
sys.exit(bool(breaches))
