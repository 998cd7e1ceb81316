# None of these ends with the process that made it, and all are found by a key or a name.
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
import ctypes

libc = ctypes.CDLL(None, use_errno=True)
libc.shmat.restype = ctypes.c_void_p
made = []
for key in (0x5A4D0001, 0x5A4D0002):
    # What an earlier run left would be here.
    if libc.shmget(key, 4096, 0o3666) < 0 and ctypes.get_errno() == errno.EEXIST:
        breach(f"a segment with the key {key:#x} is there already")
    segment = libc.shmget(key, 4096, 0o1666)
    if segment >= 0:
        address = libc.shmat(segment, None, 0)
        ctypes.memmove(address, b"@@MARK@@", len("@@MARK@@"))
        made.append("shm")
    if libc.semget(key, 4, 0o1666) >= 0:
        made.append("sem")
    queue = libc.msgget(key, 0o1666)
    if queue >= 0:
        message = (1).to_bytes(8, "little") + b"@@MARK@@"
        libc.msgsnd(queue, message, len("@@MARK@@"), 0o4000)
        made.append("msg")
queue = libc.mq_open(b"/@@MARK@@", os.O_CREAT | os.O_RDWR, 0o666, None)
if queue >= 0:
    made.append("mqueue")
for folder in ("/dev/shm", "/tmp", "/var/tmp", "/run", "/dev/mqueue", "."):
    try:
        open(folder + "/@@MARK@@", "w").close()
        made.append(folder)
    except OSError as error:
        refused(error, folder)
for name in ("shm", "sem", "msg"):
    lines = open("/proc/sysvipc/" + name).read().splitlines()[1:]
    if len(lines) > 2:
        breach("objects of others in " + name)
print("made:", *made, flush=True)
sys.exit(bool(breaches))
