# docker cp, kubectl cp and judges' runners have all followed such links, for reading and for writing.
import os
import sys

secret = "@@SECRET_PATH@@"
laid = 0


def lay(target, name):
    global laid
    os.symlink(target, name)
    laid += 1


lay(secret, "absolute.txt")
lay("../" * 12 + secret[1:], "relative.txt")
lay("/proc/self/root" + secret, "root.txt")
lay("/proc/1/root" + secret, "init.txt")
lay("/proc/self/cwd/../.." + secret, "cwd.txt")
if sys.argv[1] == "directories":
    lay(os.path.dirname(secret), "directory")
    lay("/", "all")
lay("/proc/self/fd/0", "stream.txt")
lay("/dev/stdin", "stdin.txt")
lay("@@TAMPER_PATH@@", "open.txt")
lay("chain1.txt", "chain0.txt")
for number in range(1, 30):
    lay(f"chain{number + 1}.txt", f"chain{number}.txt")
lay(secret, "chain30.txt")
lay("loop.txt", "loop.txt")
lay("plain.txt", "to-plain.txt")
with open("plain.txt", "w") as file:
    file.write("mine")
print("laid", laid, "links", flush=True)
