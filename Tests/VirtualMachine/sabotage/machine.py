"""The virtual machine: booted once, and begun anew from there for each set of walls that are left out."""

import contextlib
import json
import os
import queue
import re
import socket
import subprocess
import sys
import tempfile
import threading

# Attacks that a machine is given at once.
GROUP = 8
# Seconds without a word after which a machine counts as hung: while it begins, or runs checks, and how much longer than the
# script in it is patient with so many attacks.
SILENCE, MARGIN = 900, 120
# Seconds that the script in the machine gives Sanderling to begin, and each attack; the machine is some twenty times slower than
# its host.
BEGINNING, PATIENCE = 120, 60
DOWN = "the machine went down"

# The processor without five-level page tables, which are walked in software here, and without SMAP: QEMU 7.2 has a far return
# of a program's read its stack as the kernel would, which that forbids.
QEMU = (
    "nice -n 4 qemu-system-x86_64 -accel tcg,thread=multi -cpu max,la57=off,smap=off -smp 2 -m 3072 -nodefaults -no-user-config "
    "-display none -no-reboot -serial stdio -nic none"
).split()
# Bytes of the disk with the orders, which is as large when the machine is kept as when it goes on.
ORDERS = 1 << 16


def told(state, caller="root", walls=()):
    """What the kernel's command line tells the machine; as long whatever it tells. A comma is no wall's name."""
    return f"check.attacks={state} check.callers={caller} sanderling.sabotage={','.join(walls):,<320}"


def disk_with(orders):
    """A file that a machine has as its second disk."""
    file = tempfile.NamedTemporaryFile(prefix="orders-")
    file.write(orders.ljust(ORDERS, b"\0"))
    file.flush()
    return file


def hardware(directory, orders):
    """The arguments for the machine of the image in `directory`, whose second disk is `orders`."""
    boot = f"console=ttyS0 quiet loglevel=1 panic=-1 mitigations=off syscall.x32=y {told('held')}"
    arguments = ["-kernel", directory / "vmlinuz", "-initrd", directory / "initramfs", "-append", boot]
    for disk in (directory / "disk", orders.name):
        arguments += ["-drive", f"file={disk},format=raw,if=virtio,snapshot=on"]
    return QEMU + arguments


def hold(directory):
    """Boots the image in `directory` up to where it would begin, and keeps the machine's state in a file beside it.

    Booting takes a minute, going on from there some seconds. Nothing has been written to the disk by then.
    """
    state, kept, monitor = directory / "state", directory / "state.new", directory / "monitor"
    if state.exists() and state.stat().st_mtime > (directory / "disk").stat().st_mtime:
        return state
    monitor.unlink(missing_ok=True)
    orders = disk_with(b"")
    machine = subprocess.Popen(
        hardware(directory, orders) + ["-monitor", f"unix:{monitor},server=on,wait=off"],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    watch = threading.Timer(SILENCE, machine.kill)
    watch.start()
    try:
        if not any(b"machine: held" in said for said in machine.stdout):
            sys.exit("sabotage: the machine did not boot")
        with socket.socket(socket.AF_UNIX) as connection:
            connection.connect(str(monitor))
            connection.sendall(f'migrate "exec:cat >{kept}"\nquit\n'.encode())
            # The monitor closes when all of that is done.
            while connection.recv(4096):
                pass
        machine.wait()
    finally:
        watch.cancel()
        machine.kill()
        machine.wait()
        monitor.unlink(missing_ok=True)
        orders.close()
    if told("held").encode() not in kept.read_bytes():
        sys.exit("sabotage: the kernel's command line is not in the machine's state")
    return kept.rename(state)


class Machine:
    """A machine of the image in `directory`, with `walls` left out; it goes on from where it was held, with that command line."""

    def __init__(self, directory, walls, orders, caller):
        state = hold(directory).read_bytes().replace(told("held").encode(), told("free", caller, walls).encode())
        self.orders = disk_with(json.dumps(orders).encode())
        source, sink = os.pipe()
        self.process = subprocess.Popen(
            hardware(directory, self.orders) + ["-monitor", "none", "-incoming", f"fd:{source}"],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            pass_fds=[source],
        )
        os.close(source)
        # The pipe breaks if the machine does not start, which then says nothing.
        with contextlib.suppress(BrokenPipeError), open(sink, "wb") as file:
            file.write(state)
        self.lines = queue.Queue()
        threading.Thread(target=self.read, daemon=True).start()

    def read(self):
        for line in self.process.stdout:
            self.lines.put(line.decode(errors="replace").strip())
        self.lines.put(None)

    def messages(self):
        """What the machine says, until it is off; one that is silent for too long is put off."""
        silence = SILENCE
        try:
            while (line := self.lines.get(timeout=silence)) is not None:
                if found := re.search(r"attacks: (\w+) (.*)", line):
                    try:
                        kind, value = found[1], json.loads(found[2])
                    except ValueError:
                        print(f"sabotage: not understood: {line[:200]}", file=sys.stderr)
                        continue
                    if kind == "begin":
                        silence = BEGINNING + PATIENCE * len(value) + MARGIN if value else SILENCE
                    yield kind, value
        except queue.Empty:
            pass
        finally:
            self.process.kill()
            self.process.wait()
            self.orders.close()


def groups_of(names, warm, size=GROUP):
    """Attacks in groups of at most a size, each of one path."""
    paths = [[name for name in names if name not in warm], [name for name in names if name in warm]]
    return [path[start : start + size] for path in paths for start in range(0, len(path), size)]


def attempt(directory, walls, names, checks, caller, warm, size=GROUP):
    """Yields what comes of attacks with `walls` left out, and of the checks that match, as (kind, value).

    Those of the attacks that are in `warm` take the warm path; at most `size` run at once.
    A machine that goes down with an attack is begun anew for the others.
    """
    left, known = groups_of(names, warm, size), set()
    orders = {"checks": checks, "warm": sorted(warm), "beginning": BEGINNING, "patience": PATIENCE}
    while True:
        begun, done = [], False
        for kind, value in Machine(directory, walls, orders | {"groups": left}, caller).messages():
            if kind == "walls":
                if value != list(walls):
                    sys.exit(f"sabotage: the machine leaves out {value}, not {list(walls)}")
            elif kind == "begin":
                begun = value
            elif kind == "done":
                done = True
            else:
                if kind == "case":
                    known.add(value["id"])
                yield kind, value
        if len(begun) == 1 and not done:
            known.add(begun[0])
            yield "case", {"id": begun[0], "outcome": "not_contained", "reason": DOWN}
        rest = [name for name in names if name not in known]
        if done or not rest:
            return
        if not begun:
            sys.exit("sabotage: the machine did not start")
        # Those that it went down with, one by one.
        left = [[name] for name in rest if name in begun] + groups_of([name for name in rest if name not in begun], warm, size)
