# The global lock is never let go of, and signal handlers wait for the next byte code, which never comes.
import re
import signal
import sys

for number in (signal.SIGTERM, signal.SIGINT, signal.SIGALRM, signal.SIGXCPU):
    signal.signal(number, signal.SIG_IGN)
print("started", flush=True)
kind = sys.argv[1]
if kind == "power":
    result = pow(3, 10**9)
elif kind == "digits":
    sys.set_int_max_str_digits(0)
    result = int("7" * 5_000_000)
else:
    result = re.match(r"(a|aa)+$", "a" * 60 + "b")
print("BREACH: it ended", flush=True)
