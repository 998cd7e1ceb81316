# A line of a .pth file that begins with import is executed at start, and again by whoever calls addpackage.
import builtins
import sys

sys.seen = builtins.seen = []
try:
    import site

    site.addsitedir("/work")
    site.addpackage("/work", "run.pth", set())
except BaseException as error:
    print("refused:", type(error).__name__, flush=True)
print("tried site", flush=True)
if builtins.seen:
    print("BREACH:", builtins.seen, flush=True)
