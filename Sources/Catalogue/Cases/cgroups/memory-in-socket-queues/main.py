# Messages in flight, and descriptors in them that are open nowhere else, belong to no process. Each memfd in flight
# takes a descriptor of nobody's limit and four megabytes.
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
import socket

held = 0
try:
    for number in range(40):
        left, right = socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)
        left.setblocking(False)
        file = os.memfd_create("@@MARK@@")
        os.write(file, b"\x55" * (4 << 20))
        socket.send_fds(left, [b"x" * 60000], [file])
        os.close(file)
        os.close(os.dup(right.fileno()))
        right.detach()
        left.detach()
        held += 4
        print("held:", held, "MB", flush=True)
except OSError as error:
    refused(error, "send")
if held >= 60:
    breach("more is held than the limit")
sys.exit(bool(breaches))
