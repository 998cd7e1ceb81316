# A socket of a family, a protocol or an algorithm that is not in memory makes the kernel start modprobe: old and rarely
# looked-at code comes in by name (CVE-2026-31431 in algif_aead, CVE-2017-6074 in dccp).
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

for family in range(3, 46):
    if family in (10, 16):
        continue
    for kind in (1, 2, 3, 5):
        try:
            socket.socket(family, kind, 0).close()
            breach(f"a socket of family {family}, type {kind}")
        except OSError as error:
            refused(error, f"socket {family}")
for family in (2, 10):
    for kind, protocol in ((1, 132), (5, 132), (6, 33), (2, 136), (1, 256), (2, 115), (3, 58), (3, 255)):
        try:
            socket.socket(family, kind, protocol).close()
            breach(f"protocol {protocol} over family {family}")
        except OSError as error:
            refused(error, f"protocol {protocol}")
# An upper-layer protocol is loaded by setsockopt.
peer = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
for name in (b"tls", b"smc", b"mptcp", b"espintcp"):
    try:
        peer.setsockopt(6, 31, name)
        breach(f"upper-layer protocol {name}")
    except OSError as error:
        refused(error, "TCP_ULP " + name.decode())
sys.exit(bool(breaches))
