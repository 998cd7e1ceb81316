# policy: {"denied": ["os"]}
import sys, random
def trace(frame, event, argument):
    if "_os" in frame.f_globals:
        print("BREACH", frame.f_globals["_os"].getpid())
    return trace
sys.settrace(trace)
random.betavariate(1, 2)
