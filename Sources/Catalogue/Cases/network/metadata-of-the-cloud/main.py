# One request without a password gives the machine's identity (Capital One, 2019). The refusal has to come at once: a
# connection that only times out was on its way. Nothing is asked, only connected.
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
import time

begun = time.monotonic()
for address, port in (("169.254.169.254", 80), ("169.254.170.2", 80), ("169.254.170.23", 80), ("100.100.100.200", 80),
                      ("192.0.0.192", 80), ("168.63.129.16", 80), ("168.63.129.16", 32526), ("169.254.169.123", 123),
                      ("fd00:ec2::254", 80), ("fd20:ce::254", 80), ("fe80::a9fe:a9fe", 80)):
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    for kind in (socket.SOCK_STREAM, socket.SOCK_DGRAM):
        peer = socket.socket(family, kind)
        peer.settimeout(0.3)
        try:
            peer.connect((address, port))
            breach(f"{address} port {port}")
        except TimeoutError:
            breach(f"{address} did not answer, but the way is open")
        except OSError as error:
            refused(error, address)
took = time.monotonic() - begun
print(f"took: {took:.2f}", flush=True)
if took > 1:
    breach("refused, but not at once")
sys.exit(bool(breaches))
