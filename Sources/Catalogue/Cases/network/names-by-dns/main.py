# A resolver answers where nothing else is let out; a name's labels carry what was read. Only names that exist for nobody are
# asked for, and a question is never sent beyond the first server that takes it.
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
import struct

for name in ("probe.invalid", "localhost.invalid"):
    try:
        print(socket.getaddrinfo(name, 80))
        breach("a name was resolved")
    except socket.gaierror as error:
        print("refused:", {socket.EAI_AGAIN: "EAI_AGAIN", socket.EAI_NONAME: "EAI_NONAME"}.get(error.errno), "resolver", flush=True)
question = struct.pack(">HHHHHH", 7, 0x0100, 1, 0, 0, 0) + b"\5probe\7invalid\0" + struct.pack(">HH", 1, 1)
servers = ["127.0.0.53", "127.0.0.1", "127.0.0.11", "10.96.0.10", "169.254.20.10", "192.168.65.7", "::1"]
try:
    servers += [line.split()[1] for line in open("/etc/resolv.conf") if line.startswith("nameserver")]
    breach("/etc/resolv.conf names servers") if len(servers) > 7 else None
except OSError as error:
    refused(error, "/etc/resolv.conf")
for server in servers:
    family = socket.AF_INET6 if ":" in server else socket.AF_INET
    for kind in (socket.SOCK_DGRAM, socket.SOCK_STREAM):
        peer = socket.socket(family, kind)
        peer.settimeout(1)
        try:
            peer.connect((server, 53))
            peer.send(question)
            breach("a question was sent to " + server)
        except OSError as error:
            refused(error, "server")
for path in ("/run/systemd/resolve/io.systemd.Resolve", "/run/nscd/socket", "/var/run/avahi-daemon/socket"):
    try:
        socket.socket(socket.AF_UNIX).connect(path)
        breach(path)
    except OSError as error:
        refused(error, path)
sys.exit(bool(breaches))
