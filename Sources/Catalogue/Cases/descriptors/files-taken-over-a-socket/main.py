# Descriptors travel with SCM_RIGHTS past every wall that is made of names. Whoever outside can be talked to can hand in /.
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

for name, address in (("path", "@@UNIX_PATH@@"), ("abstract", "\0@@ABSTRACT@@")):
    for kind in (socket.SOCK_STREAM, socket.SOCK_SEQPACKET):
        try:
            peer = socket.socket(socket.AF_UNIX, kind)
            peer.settimeout(2)
            peer.connect(address)
            breach("connected to " + name)
            _, files, _, _ = socket.recv_fds(peer, 1, 8)
            if files:
                breach("a descriptor came in")
        except OSError as error:
            refused(error, name)
try:
    peer = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
    peer.bind("/work/@@MARK@@")
    peer.sendto(b"hand me /", "@@UNIX_PATH@@")
    breach("a datagram was sent")
except OSError as error:
    refused(error, "datagram")
sys.exit(bool(breaches))
