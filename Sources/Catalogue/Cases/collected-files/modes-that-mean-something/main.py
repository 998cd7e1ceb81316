# root reads what has no mode at all; a directory without rights stops a walk, and one with the sticky bit a clean-up.
import errno
import os

for name, mode in (("suid", 0o6777), ("none", 0), ("write", 0o222), ("run", 0o111)):
    with open(name, "wb") as file:
        file.write(b"#!/bin/sh\nid\n")
    os.chmod(name, mode)
os.mkdir("closed")
with open("closed/inside", "w") as file:
    file.write("inside")
os.chmod("closed", 0)
os.mkdir("sticky")
os.chmod("sticky", 0o7777)
value = b"\x01\x00\x00\x02" + b"\xff" * 16
for attribute in ("security.capability", "trusted.overlay.opaque", "trusted.sanderling"):
    try:
        os.setxattr("run", attribute, value)
        print("BREACH: set", attribute, flush=True)
    except OSError as error:
        print("refused:", errno.errorcode[error.errno], "setxattr", attribute, flush=True)
print("marked", flush=True)
