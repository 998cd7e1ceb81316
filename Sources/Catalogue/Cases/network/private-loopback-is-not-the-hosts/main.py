# With a loopback interface up, a connection to the same port must end in the program's own network and nowhere else; and
# what listens inside must not be reached from another.
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
import threading

for address in ("127.0.0.1", "::1", "0.0.0.0", "127.0.0.53"):
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    for port in (@@TCP_PORT@@, 22, 53, 111, 631, 2375, 5432, 6379, 8080, 10250):
        try:
            peer = socket.socket(family, socket.SOCK_STREAM)
            peer.settimeout(1)
            peer.connect((address, port))
            breach(f"{address} port {port}")
        except OSError as error:
            if port == @@TCP_PORT@@:
                refused(error, address)
    peer = socket.socket(family, socket.SOCK_DGRAM)
    try:
        peer.sendto(b"probe", (address, @@UDP_PORT@@))
    except OSError as error:
        refused(error, "udp " + address)
server = socket.socket()
try:
    server.bind(("127.0.0.1", @@TCP_PORT@@))
    server.listen()
except OSError as error:
    breach("the host's port is taken here: " + str(error))
client = socket.create_connection(server.getsockname(), 2)
client.sendall(b"x")
print("own:", "heard" if server.accept()[0].recv(1) == b"x" else "lost", flush=True)
sys.exit(bool(breaches))
