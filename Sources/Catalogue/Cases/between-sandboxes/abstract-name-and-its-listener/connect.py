# Both names are tried over and over while the other runs, and the host's listener too.
import errno
import socket
import time

errors = set()
for _ in range(40):
    for name, kind in (("@@MARK@@", socket.SOCK_STREAM), ("@@MARK@@-packets", socket.SOCK_DGRAM), ("@@ABSTRACT@@", socket.SOCK_STREAM)):
        client = socket.socket(socket.AF_UNIX, kind)
        try:
            client.connect("\0" + name)
            client.send(b"hello")
            print("BREACH: connected to", name, flush=True)
        except OSError as error:
            errors.add(errno.errorcode[error.errno])
        client.close()
    time.sleep(0.05)
for name in sorted(errors):
    print("refused:", name, flush=True)
print("nobody there", flush=True)
