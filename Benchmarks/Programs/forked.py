# The least that Python itself takes of a warm start: an interpreter that has started forks ahead of each request, and nothing confines
# the copy, which ends without taking itself apart. For every byte on standard input: what the program writes, and then a point.
import os
import sys

while copy := os.fork():
    if os.waitpid(copy, 0)[1] != 0:
        sys.exit()
    os.write(1, b".")
if not os.read(0, 1):
    os._exit(1)
with open(sys.argv[1], "rb") as file:
    program = compile(file.read(), sys.argv[1], "exec")
exec(program)
sys.stdout.flush()
os._exit(0)
