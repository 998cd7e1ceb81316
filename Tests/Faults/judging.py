"""Runs scenarios, each time in a place, a cache and a cgroup of its own, and judges what comes of it."""

import contextlib
import ctypes
import os
import re
import shutil
import signal
import tempfile

from calls import MEMORY
from scenarios import LIBRARIES, text
from tracing import Traced

# libdispatch's own: its event loop, and the count of its threads, which it takes from /proc. It says nothing then.
DISPATCH = set("epoll_create1 epoll_ctl eventfd2 openat read".split())
CACHE = "/var/cache"
# unshare(2), mount(2), umount2(2)
CLONE_NEWNS, MS_BIND, MS_REC, MS_PRIVATE, MNT_DETACH = 0x20000, 0x1000, 0x4000, 0x40000, 2
LIBC = ctypes.CDLL(None, use_errno=True)


class Outcome:
    """What came of one run."""

    def __init__(self, traced, left):
        self.code, self.struck, self.counts, self.left = traced.status, traced.struck, traced.counts, left
        self.fault, self.place = traced.fault, traced.place
        self.stdout = self.stderr = ""
        self.collected = self.results = None

    @property
    def verdict(self):
        return [line.split(":")[1] for line in self.stderr.splitlines() if line.startswith("sanderling: ")]

    def told(self):
        return f"stdout {self.stdout[-80:]!r}, stderr {self.stderr.strip()[:600]!r}"


class Bench:
    """Where runs happen."""

    def __init__(self, command, names, own_cgroups=()):
        self.command, self.names = command, names
        self.cgroups = [path for path in own_cgroups if self.join(path)]
        # Under root the cache's place is fixed: only a mount namespace gives each run one of its own.
        if os.geteuid() == 0 and (LIBC.unshare(CLONE_NEWNS) or LIBC.mount(b"none", b"/", None, MS_REC | MS_PRIVATE, None)):
            raise OSError(ctypes.get_errno(), "unshare")

    @staticmethod
    def join(path):
        """Moves this process into a cgroup, so that what is left below it is of its own runs."""
        try:
            with open(os.path.join(path, "cgroup.procs"), "w", encoding="ascii") as file:
                file.write("0")
        except OSError:
            return False
        return True

    @contextlib.contextmanager
    def place(self, filled):
        """A directory for one run, in which the command finds a cache of its own, a copy of `filled`."""
        place = tempfile.mkdtemp(prefix="sanderling-fault-")
        os.chmod(place, 0o755)
        cache = os.path.join(place, "cache")
        try:
            if filled:
                shutil.copytree(filled, cache)
            else:
                os.mkdir(cache)
            for name in ("tmp", "config"):
                os.mkdir(os.path.join(place, name))
            for name, content in (("stdin", "input\n"), ("secret", "secret\n")):
                with open(os.path.join(place, name), "w", encoding="ascii") as file:
                    file.write(content)
            if os.geteuid() == 0 and LIBC.mount(cache.encode(), CACHE.encode(), None, MS_BIND, None):
                raise OSError(ctypes.get_errno(), "mount")
            yield place
        finally:
            if os.geteuid() == 0:
                LIBC.umount2(CACHE.encode(), MNT_DETACH)
            shutil.rmtree(place, ignore_errors=True)

    def environment(self, place):
        temporary = os.path.join(place, "tmp")
        return {
            "PATH": "/usr/bin:/bin", "TMPDIR": temporary, "HOME": temporary, "LC_ALL": "C.UTF-8",
            "XDG_CONFIG_HOME": os.path.join(place, "config"), "XDG_CACHE_HOME": os.path.join(place, "cache"),
        }  # fmt: skip

    def once(self, scenario, place, fault=None, watched=True):
        """One run of a scenario in a place."""
        streams = [os.open(os.path.join(place, "stdin"), os.O_RDONLY)]
        streams += [os.open(os.path.join(place, name), os.O_RDWR | os.O_CREAT | os.O_TRUNC) for name in ("stdout", "stderr")]
        traced, mounts = Traced(self.names, fault, watched), self.mounts()
        signal.setitimer(signal.ITIMER_REAL, scenario.patience)
        try:
            executable = os.path.join(os.path.dirname(self.command), scenario.part) if scenario.part else self.command
            arguments = [executable, *scenario.arguments(place)]
            left = traced.run(arguments, self.environment(place), streams, scenario.beside(place, traced))
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
            for number in streams:
                os.close(number)
        outcome = Outcome(traced, [f"process: {role}" for role in left])
        outcome.left += [f"mount: {line}" for line in self.mounts() - mounts]
        outcome.left += [f"file: {name}" for name in sorted(os.listdir(os.path.join(place, "tmp")))]
        outcome.left += [f"cgroup: {name}" for name in self.children()]
        outcome.stdout, outcome.stderr = (text(os.path.join(place, name)) for name in ("stdout", "stderr"))
        scenario.complete(outcome, place)
        return outcome

    def clean(self, scenario, caches):
        """A run without a fault, after one that filled the cache, and before one that must be like it."""
        filled = os.path.join(caches, scenario.name.replace(" ", "-"))
        with self.place(None) as place:
            scenario.prepare(place)
            self.once(scenario, place, watched=False)
            shutil.copytree(os.path.join(place, "cache"), filled)
        if scenario.cache == "empty":
            shutil.rmtree(os.path.join(filled, "sanderling/compiled"))
            shutil.rmtree(os.path.join(filled, "sanderling/incoming"))
        outcomes = []
        for watched in (True, False):
            with self.place(filled) as place:
                scenario.prepare(place)
                outcomes.append(self.once(scenario, place, watched=watched))
        clean, again = outcomes
        if not scenario.is_fit(clean) or not scenario.is_right(again, clean) or clean.left:
            raise SystemExit(f"fault-test: {scenario.name}: the clean run: {vars(clean)}, and again: {again.told()}")
        clean.cache = filled
        return clean

    def children(self):
        return [entry.name for path in self.cgroups for entry in os.scandir(path) if entry.is_dir()]

    def sweep(self):
        """Removes what was left, so that it is not held against the next."""
        for path in self.cgroups:
            for directory, _, _ in list(os.walk(path, topdown=False)):
                if directory != path:
                    with contextlib.suppress(OSError):
                        os.rmdir(directory)

    @staticmethod
    def mounts():
        with open("/proc/self/mountinfo", encoding="utf-8", errors="replace") as file:
            return set(file.read().splitlines())

    def judge(self, scenario, clean, fault):
        """What came of a fault: a word for the outcome, and what is wrong with it, if anything is."""
        with self.place(clean.cache) as place:
            scenario.prepare(place)
            outcome = self.once(scenario, place, fault)
            if not outcome.struck and not outcome.left:
                return "not reached", None
            role, call = fault[:2]
            code, words = outcome.code, outcome.stderr.strip()
            # Of what cannot be written to standard error nobody can be told there.
            silent = call == "write" and clean.stderr.startswith(outcome.stderr)
            word, wrong = scenario.word(outcome, clean, silent), []
            crashed = code is not None and (code < 0 or code == 127)
            dispatch = role == "host" and call in DISPATCH and "Fatal error" not in words
            # Then its loop waits for what it was not told of, until this test ends the command.
            hung = code is None and dispatch and call.startswith("epoll")
            if word.startswith("wrong"):
                # SwiftNIO's threads, which it must have; in a release build it does not say so.
                threads = role == "host" and call == "clone3" and scenario.threads and not outcome.stdout
                excused = call in MEMORY or dispatch or threads or re.search(LIBRARIES, words)
                if (crashed or hung) and excused and "other walls" not in word:
                    word = "ended"
                else:
                    wrong.append(word.removeprefix("wrong: "))
                    word = "wrong"
            left = outcome.left
            if left and (hung or crashed and all(one.startswith("cgroup: ") for one in left)):
                # As after a kill: the next start removes what a process that is gone could not.
                left = self.once(scenario, place, watched=False).left
            if left:
                self.sweep()
                wrong.append(f"left behind: {', '.join(left)}")
            wrong += scenario.afterwards(self, place, clean, outcome)
            return word, f"{outcome.place}: {'; '.join(wrong)}" if wrong else None


def own_cgroups():
    """A cgroup for this process in every hierarchy of cgroup v1; on v2 it is in the way of the delegation."""
    found = []
    with open("/proc/self/cgroup", encoding="ascii") as file:
        memberships = [line.rstrip("\n").split(":", 2) for line in file]
    with open("/proc/self/mountinfo", encoding="utf-8", errors="replace") as file:
        mounts = [line.split() for line in file]
    for _, names, path in memberships:
        for fields in mounts:
            dash = fields.index("-")
            if names and fields[dash + 1] == "cgroup" and names.split(",")[0] in fields[dash + 3].split(","):
                inside = os.path.relpath(path, fields[3]) if path.startswith(fields[3].rstrip("/")) else path.lstrip("/")
                directory = os.path.join(os.path.normpath(os.path.join(fields[4], inside)), f"fault-test-{os.getpid()}")
                with contextlib.suppress(OSError):
                    os.makedirs(directory, exist_ok=True)
                    found.append(directory)
                break
    return found
