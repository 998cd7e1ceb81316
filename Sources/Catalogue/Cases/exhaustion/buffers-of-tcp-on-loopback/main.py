# Bytes on the way are in no process. A connection within one machine takes two descriptors and holds megabytes.
import os
import socket
import time


def fill():
    server = socket.create_server(("127.0.0.1", 0), backlog=200)
    block = b"t" * (1 << 16)
    held = []
    total = 0
    while total < 60 << 20:
        try:
            near = socket.create_connection(server.getsockname())
            far, _ = server.accept()
        except OSError:
            break
        near.setblocking(False)
        held.append((near, far))
        try:
            while True:
                total += near.send(block)
        except BlockingIOError:
            continue
        except OSError:
            break
    return total, held


results, report = os.pipe()
for _ in range(10):
    if os.fork() == 0:
        total, held = fill()
        os.write(report, b"%20d" % total)
        time.sleep(0.5)
        os._exit(0)
os.close(report)
total = 0
while one := os.read(results, 20):
    total += int(one)
print("BREACH:" if total > 96 << 20 else "held:", total >> 20, "MB in buffers", flush=True)
