# What is mounted tells where it comes from. No mount may show a part of the host beyond the system's own directories,
# and no mount of the host's may still be in the tree.
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

allowed = ("/usr", "/etc/ld.so.cache", "/etc/alternatives", "/bin", "/sbin", "/lib", "/null", "/zero", "/full",
           "/random", "/urandom")
count = 0
for line in open("/proc/self/mountinfo"):
    fields, _, rest = line.partition(" - ")
    root, point = fields.split()[3:5]
    kind = rest.split()[0]
    count += 1
    if kind in ("tmpfs", "proc", "devtmpfs"):
        if kind == "devtmpfs" and root == "/":
            breach("the whole of /dev: " + point)
        continue
    if kind in ("sysfs", "cgroup", "cgroup2", "debugfs", "tracefs", "securityfs", "bpf", "fusectl", "configfs"):
        breach(f"{kind} at {point}")
    if not root.startswith(allowed) or point == "/":
        breach(f"{root} of the host at {point}")
for name in ("mounts", "mountstats"):
    try:
        if "@@SECRET_PATH@@".rsplit("/", 1)[0] in open("/proc/self/" + name).read():
            breach("the bait's directory is mounted")
    except OSError as error:
        refused(error, name)
print("looked:", count, "mounts", flush=True)
sys.exit(bool(breaches))
