# policy: {"denied": ["subprocess", "socket"]}
import os, sys, pathlib, tempfile, glob
print(os.getcwd(), pathlib.Path("/work").name, sorted(p.name for p in pathlib.Path("/work").glob("*.py")), os.path.join("a", "b"))
print(glob.glob("/work/main.*"), sys.getsizeof(1) > 0, os.environ.get("NO"), sys.stdin.readline())
os.write(1, b"raw\n")
