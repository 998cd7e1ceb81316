# Limits hold as long as nobody inside can reach the files that set them, its own group's or the parent's.
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

bases = ["/sys/fs/cgroup", "/cgroup", "/dev/cgroup", "/run/cgroup", "/mnt/cgroup", "/var/lib/lxcfs/cgroup",
         "/proc/self/root/sys/fs/cgroup", "/proc/1/root/sys/fs/cgroup", "/old_root/sys/fs/cgroup", "/.scratch/cgroup"]
for line in open("/proc/self/mounts"):
    fields = line.split()
    if fields[2] in ("cgroup", "cgroup2", "sysfs"):
        breach("mounted: " + line.strip())
        bases.append(fields[1])
own = [line.strip().split(":", 2) for line in open("/proc/self/cgroup")]
paths = []
for base in bases:
    paths.append(base)
    for _, controllers, path in own:
        for name in [""] + controllers.split(","):
            folder = "/".join((base, name, path))
            for file in ("cgroup.procs", "tasks", "memory.limit_in_bytes", "pids.max", "memory.max", "../cgroup.procs"):
                paths.append(folder + "/" + file)
for path in paths:
    for flags in (os.O_RDONLY, os.O_WRONLY):
        try:
            os.close(os.open(path, flags))
            breach(path)
        except OSError as error:
            if path in bases:
                refused(error, path)
sys.exit(bool(breaches))
