# The refused import is caught, so it ended nothing. What follows only looks like what the guard does.
import sys

try:
    import subprocess
    print("BREACH: the module was imported", flush=True)
except ImportError as error:
    print("refused:", type(error).__name__, flush=True)
print("ImportError: module 'socket' is restricted by the sandbox policy", file=sys.stderr)
sys.exit(126)
