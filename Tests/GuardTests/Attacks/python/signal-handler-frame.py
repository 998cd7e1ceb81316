import signal, random
def handle(number, frame):
    while frame:
        if "_os" in frame.f_globals:
            print("BREACH", frame.f_globals["_os"].getpid())
        frame = frame.f_back
signal.signal(signal.SIGALRM, handle)
signal.setitimer(signal.ITIMER_REAL, 0.01)
while True:
    random.betavariate(1, 2)
