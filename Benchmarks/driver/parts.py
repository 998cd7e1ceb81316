"""What no sandbox that starts ahead can be faster than here: what the interpreter takes by itself, and what the kernel does.

Each is a process that runs the program for every byte it is sent; `SanderlingBenchmarks/Servant.swift` is the other end.
"""

import os

FORK = "a fork alone"
KERNEL = "namespaces and cgroups alone"

# The controllers by which Sanderling limits and counts.
CONTROLLERS = ("memory", "pids", "cpu", "cpuacct")
ROOT = "/sys/fs/cgroup"


def forked(place):
    """A started Python that forks ahead of each request, and whose copies end without taking it apart."""
    return ["/usr/bin/python3", place.path("forked.py"), place.path("sum.py")]


def confined(place, cgroups):
    """A process that makes namespaces of every kind, and a cgroup in every hierarchy, for each program."""
    return [place.path("cells"), *cgroups, "--", place.path("sum")]


class Cgroups:
    """A cgroup in every hierarchy below which others may be made; none for an ordinary user. Gone when left."""

    def __init__(self, name):
        self._name = name
        self.paths = []

    def __enter__(self):
        if os.geteuid() != 0:
            return self
        if os.path.exists(f"{ROOT}/cgroup.controllers"):
            self._make(ROOT)
            with open(f"{self.paths[0]}/cgroup.subtree_control", "w", encoding="utf-8") as file:
                file.write("+memory +pids +cpu")
        else:
            for controller in CONTROLLERS:
                self._make(f"{ROOT}/{controller}")
        return self

    def _make(self, parent):
        os.mkdir(path := f"{parent}/{self._name}")
        self.paths.append(path)

    def __exit__(self, *_):
        for path in self.paths:
            # What a process that was killed has left.
            for entry in os.scandir(path):
                if entry.is_dir():
                    os.rmdir(entry.path)
            os.rmdir(path)
