# An empty network is only empty as long as nobody inside can put anything into it.
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
import fcntl
import socket
import struct

wire = socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, 0)
wire.settimeout(2)


def attribute(kind, value):
    data = struct.pack("HH", len(value) + 4, kind) + value
    return data + b"\0" * (-len(data) % 4)


def ask(kind, flags, body, what):
    wire.send(struct.pack("IHHII", len(body) + 16, kind, flags | 5, 1, 0) + body)
    answer = wire.recv(65536)
    code = -struct.unpack_from("i", answer, 16)[0]
    if code == 0:
        breach(what)
    else:
        refused(OSError(code, ""), what)


link = struct.pack("BxHiII", 0, 0, 0, 0, 0)
for name in (b"dummy", b"veth", b"macvlan", b"ipvlan", b"tun", b"vxlan", b"bridge"):
    ask(16, 0x600, link + attribute(3, b"made0\0") + attribute(18, attribute(1, name)), "make " + name.decode())
ask(16, 0, struct.pack("BxHiII", 0, 0, 1, 1, 1), "up")
ask(20, 0x600, struct.pack("BBBBI", 2, 8, 0, 0, 1) + attribute(2, b"\x7f\0\0\1"), "address")
ask(24, 0x600, struct.pack("BBBBBBBBI", 2, 0, 0, 0, 254, 3, 0, 1, 0) + attribute(4, struct.pack("I", 1)), "route")
# IFLA_NET_NS_PID: move a link into the namespace of another process.
ask(16, 0, struct.pack("BxHiII", 0, 0, 1, 0, 0) + attribute(19, struct.pack("I", 1)), "move lo to init")
plain = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
for request, what in ((0x8914, "SIOCSIFFLAGS"), (0x8916, "SIOCSIFADDR"), (0x8923, "SIOCSIFNAME")):
    try:
        fcntl.ioctl(plain, request, struct.pack("16sHxxI", b"lo", 1, 0x0100007F) + b"\0" * 16)
        breach(what)
    except OSError as error:
        refused(error, what)
names = [name for _, name in socket.if_nameindex()]
print("interfaces:", *names, flush=True)
# Kernels make sit0, tunl0 and their like in every new namespace; a route or an address is what counts.
for name in names:
    if name.startswith(("eth", "en", "wl", "docker", "veth", "br", "tap")):
        breach("an interface of the host's: " + name)
sys.exit(bool(breaches))
