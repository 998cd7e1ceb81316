"""The virtual machine, booted once for each set of walls that are left out."""

import json
import queue
import re
import subprocess
import sys
import threading

# Attacks that a machine is given at once.
GROUP = 8
# Seconds without a word after which a machine counts as hung.
SILENCE = 900
DOWN = "the machine went down"
MARKS = {"contained": ".", "not_contained": "x", "skipped": "s"}


class Machine:
    """One boot of the image in `directory`, with `walls` left out."""

    def __init__(self, directory, walls, orders, caller):
        # A disk has whole sectors.
        text = json.dumps(orders).encode()
        (directory / "orders").write_bytes(text.ljust((len(text) // 512 + 1) * 512, b"\0"))
        line = f"console=ttyS0 quiet loglevel=1 panic=-1 mitigations=off check.attacks check.callers={caller}"
        if walls:
            line += " sanderling.sabotage=" + ",".join(walls)
        arguments = ["-kernel", directory / "vmlinuz", "-initrd", directory / "initramfs", "-append", line]
        for name in ("disk", "orders"):
            arguments += ["-drive", f"file={directory / name},format=raw,if=virtio,snapshot=on"]
        self.process = subprocess.Popen(
            "nice -n 4 qemu-system-x86_64 -accel tcg,thread=multi -cpu max -smp 2 -m 3072 -nodefaults -no-user-config "
            "-display none -no-reboot -serial stdio -monitor none -nic none".split() + arguments,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )
        self.lines = queue.Queue()
        threading.Thread(target=self.read, daemon=True).start()

    def read(self):
        for line in self.process.stdout:
            self.lines.put(line.decode(errors="replace").strip())
        self.lines.put(None)

    def messages(self):
        """What the machine says, until it is off; one that is silent for too long is put off."""
        try:
            while (line := self.lines.get(timeout=SILENCE)) is not None:
                if found := re.search(r"attacks: (\w+) (.*)", line):
                    try:
                        yield found[1], json.loads(found[2])
                    except ValueError:
                        print(f"sabotage: not understood: {line[:200]}", file=sys.stderr)
        except queue.Empty:
            pass
        finally:
            self.process.kill()
            self.process.wait()


def groups_of(names):
    return [names[start : start + GROUP] for start in range(0, len(names), GROUP)]


def attempt(directory, walls, names, checks, caller):
    """Yields what comes of attacks with `walls` left out, and of the checks that match, as (kind, value).

    A machine that goes down with an attack is booted again for the others.
    """
    left, known = groups_of(names), set()
    while True:
        begun, done = [], False
        for kind, value in Machine(directory, walls, {"groups": left, "checks": checks}, caller).messages():
            if kind == "begin":
                begun = value
            elif kind == "done":
                done = True
            else:
                if kind == "case":
                    known.add(value["id"])
                    print(MARKS[value["outcome"]], end="", flush=True, file=sys.stderr)
                yield kind, value
        print(file=sys.stderr)
        if len(begun) == 1 and not done:
            known.add(begun[0])
            yield "case", {"id": begun[0], "outcome": "not_contained", "reason": DOWN}
        rest = [name for name in names if name not in known]
        if done or not rest:
            return
        if not begun:
            sys.exit("sabotage: the machine did not start")
        # Those that it went down with, one by one.
        left = [[name] for name in rest if name in begun] + groups_of([name for name in rest if name not in begun])
