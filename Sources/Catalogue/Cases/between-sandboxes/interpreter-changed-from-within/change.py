# Small integers, the empty tuple, interned names and the code of a function of the library are one object for everybody in the process.
import ctypes
import os
import sys

import json

address = id(233)
ctypes.c_int.from_address(address + 24).value = 8
print("233 is now", chr(ord("0") + ctypes.c_int.from_address(address + 24).value), flush=True)
json.dumps.__code__ = (lambda *_, **__: "BREACH").__code__
sys.modules["os"].getcwd = lambda: "BREACH"
# Its machine code, by the file that writes to read-only pages too: the same byte again, so that only the page is another.
with open("/proc/self/maps") as maps:
    code = next(line for line in maps if "r-xp" in line and "python" in line)
start = int(code.split("-")[0], 16)
try:
    with open("/proc/self/mem", "r+b", buffering=0) as memory:
        memory.seek(start)
        byte = memory.read(1)
        memory.seek(start)
        memory.write(byte)
except OSError as error:
    print("refused:", error.strerror, flush=True)
os._exit(0)
