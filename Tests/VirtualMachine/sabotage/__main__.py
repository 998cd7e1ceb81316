"""Begins the virtual machine of scripts/sabotage-test again and again, each time with other walls left out, and tells which
attacks then get through.

An attack must get through without any one of the walls that its case.yaml names, or without all of them where it says
`together`. A machine that goes down with an attack has not contained it. Where no attack is stopped by a wall alone, a check
of Tests/VirtualMachine/check must fail without it.
"""

import argparse
import json
import pathlib
import subprocess
import sys

from machine import attempt
from matrix import WALLS, Matrix, breached
from page import page

parser = argparse.ArgumentParser(prog="sabotage", description=__doc__)
parser.add_argument("directory", type=pathlib.Path, help="of the image with the test build, by build-image")
parser.add_argument("command", help="any build of the same catalogue, which lists it and runs nothing")
parser.add_argument("--walls", action="append", help="only for this wall, or these, as A+B; 'none' is the machine with all")
parser.add_argument("--machines", type=int, default=1, help="so many at once; each takes some three gigabytes")
parser.add_argument("--output", type=pathlib.Path, help="write the page here, unless only some walls are left out")
parser.add_argument("--control", type=pathlib.Path, help="of the image with the release build, which must lose no wall")
options = parser.parse_args()

listed = subprocess.run([options.command, "prove", "--list", "--format", "json"], check=True, capture_output=True)
cases = {case["id"]: case for case in json.loads(listed.stdout)}
matrix = Matrix(options.directory, cases, options.walls, options.machines)
matrix.fill()

control = None
if options.control:
    # One attack for each wall that is missed by one.
    names = sorted({matrix.through((wall,))[0] for wall in WALLS if matrix.through((wall,))})
    print(f"sabotage: the release build, told to leave out every wall: {len(names)} attacks", file=sys.stderr, flush=True)
    records = [value for kind, value in attempt(options.control, WALLS, names, "", "root", matrix.warm) if kind == "case"]
    control = (len([record for record in records if not breached(record)]), len(names))
    for record in records:
        if breached(record):
            print(f"sabotage-test: the release build: {record['id']}: {record['reason']}", file=sys.stderr)

if options.output and not options.walls:
    options.output.write_text(page(matrix, control))
wanted = [wall for wall in WALLS if not options.walls or wall in "+".join(options.walls).split("+")]
missed = [wall for wall in wanted if wall not in matrix.caught]
for wall in missed:
    print(f"sabotage-test: nothing misses {wall}", file=sys.stderr)
print(f"sabotage-test: {len(wanted) - len(missed)} of {len(wanted)} walls are caught")
sys.exit(bool(missed) or control is not None and control[0] < control[1])
