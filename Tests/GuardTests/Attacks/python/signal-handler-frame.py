import signal, random
def handle(number, frame):
    while frame:
        if "_os" in frame.f_globals:
            print("BREACH", frame.f_globals["_os"].getpid())
            raise SystemExit
        frame = frame.f_back
signal.signal(signal.SIGALRM, handle)
signal.setitimer(signal.ITIMER_REAL, 0.01)
for _ in range(300_000):
    random.betavariate(1, 2)
