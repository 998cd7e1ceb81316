# The same signals from the same kernel as at a real limit: their number proves nothing.
import resource
import signal
import sys


def deep(depth):
    return deep(depth + 1) + 1


kind = sys.argv[1]
print("limit is set", flush=True)
if kind == "cpu":
    resource.setrlimit(resource.RLIMIT_CPU, (1, 2))
    while True:
        pass
elif kind == "file":
    signal.signal(signal.SIGXFSZ, signal.SIG_DFL)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))
    with open("file", "wb", buffering=0) as file:
        for _ in range(4):
            file.write(b"x" * 4096)
elif kind == "stack":
    resource.setrlimit(resource.RLIMIT_STACK, (256 << 10, 256 << 10))
    sys.setrecursionlimit(1 << 30)
    data = []
    for _ in range(1_000_000):
        data = [data]
    repr(data)
elif kind == "timer":
    signal.setitimer(signal.ITIMER_VIRTUAL, 0.1)
    while True:
        pass
print("survived", flush=True)
