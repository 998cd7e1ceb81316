import threading, random
def trace(frame, event, argument):
    found = frame.f_globals.get("_os")
    if found:
        print("BREACH", found.getpid())
    return trace
threading.settrace(trace)
t = threading.Thread(target=random.random)
t.start()
t.join()
threading._sys.settrace(trace)
random.betavariate(1, 2)
random._os.getpid() and print("BREACH")
