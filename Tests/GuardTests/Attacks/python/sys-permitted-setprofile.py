# policy: {"denied": ["os"]}
import sys, tempfile
def profile(frame, event, argument):
    if event == "c_call" and getattr(argument, "__name__", "") == "getpid":
        print("BREACH", argument())
sys.setprofile(profile)
import uuid
list(tempfile._RandomNameSequence().rng.choices("a", k=2))
