# Abstract names belong to the network namespace and know no permissions: who shares that shares all of them.
import socket
import time

server = socket.socket(socket.AF_UNIX)
server.bind("\0@@MARK@@")
server.listen()
packets = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
packets.bind("\0@@MARK@@-packets")
server.settimeout(2)
try:
    server.accept()
    print("BREACH: another sandbox came", flush=True)
except TimeoutError:
    print("nobody came", flush=True)
packets.setblocking(False)
try:
    print("BREACH:", packets.recv(100), flush=True)
except BlockingIOError:
    pass
