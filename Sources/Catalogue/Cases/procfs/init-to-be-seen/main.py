# What init was told, how much it has used and what it waits for tell of the sandbox and of whoever ran before.
import errno
import os
import sys

breaches = 0
names = "status stat statm cmdline comm limits mounts mountinfo cgroup wchan oom_score sched".split()
for name in names:
    path = "/proc/1/" + name
    try:
        with open(path, "rb") as file:
            file.read(64)
        print("BREACH:", path, flush=True)
        breaches += 1
    except OSError as error:
        print("refused:", errno.errorcode[error.errno], path, flush=True)
try:
    for name in os.listdir("/proc"):
        if name.isdigit() and int(name) != os.getpid():
            print("BREACH: process", name, "is listed", flush=True)
            breaches += 1
except OSError as error:
    print("refused:", errno.errorcode[error.errno], "/proc", flush=True)
print("looked at", len(names), "files", flush=True)
sys.exit(breaches > 0)
