# The disk's number is in mountinfo; a node with that number is the disk, whatever tree it lies in. Nodes are only read.
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
import stat

numbers = {(1, 1), (1, 2), (1, 4), (1, 11), (4, 1), (5, 0), (5, 1), (8, 0), (10, 200), (10, 229), (10, 232), (254, 0)}
for line in open("/proc/self/mountinfo"):
    major, minor = map(int, line.split()[2].split(":"))
    if major:
        numbers.add((major, minor))
for major, minor in sorted(numbers):
    for kind in (stat.S_IFBLK, stat.S_IFCHR):
        for folder in ("/work", "/tmp", "/dev/shm"):
            path = f"{folder}/node"
            try:
                os.mknod(path, kind | 0o600, os.makedev(major, minor))
                breach(f"a node for {major}:{minor}")
                os.close(os.open(path, os.O_RDONLY | os.O_NONBLOCK))
                breach(f"and it opens")
                os.unlink(path)
            except OSError as error:
                refused(error, f"node for {major}:{minor}")
for name in ("kvm", "fuse", "net/tun", "vhost-net", "vhost-vsock", "vsock", "loop-control", "loop0", "mem", "port", "kmsg",
             "sda", "vda", "nvme0n1", "dm-0", "mapper/control", "tty", "tty0", "console", "ptmx", "pts/0", "pts/ptmx",
             "input/event0", "dri/card0", "nvidia0", "snapshot", "uinput", "rfkill", "hpet", "btrfs-control", "udmabuf",
             "dma_heap/system", "userfaultfd", "cuse", "ppp", "snd/timer"):
    path = "/dev/" + name
    try:
        os.close(os.open(path, os.O_RDWR | os.O_NONBLOCK | os.O_NOCTTY))
        breach(path)
    except OSError as error:
        refused(error, path)
sys.exit(bool(breaches))
