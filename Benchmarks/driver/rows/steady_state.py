"""Row 4: work that goes on for a while, inside against outside, without what starting it takes."""

import os
import shlex
from statistics import geometric_mean, median

import pyperformance
import subjects
import values
from command import Command
from figures import Figure, at_most

TITLE = "Steady state"
ABOUT = (
    "How long work takes once it has begun, by a clock that runs beside it, in alternating rounds; starting and "
    "ending a sandbox is not part of it. Processor-bound: programs of pyperformance, each value the fastest of five "
    "turns in one process, since whatever else a host does can only add to it. `find` and the compiler: from their "
    "fork to their wait. The loops: one call each. `seccomp alone` and `landlock "
    "alone` are Sanderling's own filter and rules around a program that nothing else isolates; bubblewrap, which "
    "has neither, is namespaces and mounts alone. Ratio: to bare in the same round, the median of the rounds, as a "
    "processor that changes its speed does so for several runs at a time."
)

PYTHON = ("nbody", "richards", "pidigits")
CALLS = {"read": "read of 1 byte", "stat": "stat", "open_close": "open and close"}


def measure(bench):
    return processor_bound(bench) + system_bound(bench) + loops(bench)


def processor_bound(bench):
    """Python programs that ask nothing of the kernel."""
    place = bench.place
    site = place.add(pyperformance.install(os.path.join(place.checkout, "Benchmarks", ".build")))
    figures, ratios = [], []
    for name in PYTHON:
        line = ["/usr/bin/env", f"PYTHONPATH={site}", "PYTHONHASHSEED=0", "/usr/bin/python3"]
        line += [pyperformance.program(site, name), "--worker", "--pipe=1", "--loops=1", "--warmups=1", "--values=5"]
        commands = {"bare": Command(tuple(line)), "sanderling": place.sanderling_steady(line)}
        commands = bench.able(name, commands)
        turns = values.alternate(commands, bench.count(12), best_only=True)
        times = {subject: of["time"] for subject, of in turns.items()}
        made = compare(f"{name}, ms", times, 1e6)
        ratios.append(next(figure.ratio for figure in made if figure.subject == "sanderling"))
        figures += made
    mean = geometric_mean(ratios)
    goal = at_most("processor-bound: inside at most 1.01 of outside", mean, 1.01, digits=3)
    return figures + [Figure(4, "sanderling", "processor-bound, mean of the ratios", mean, None, None, 3, mean, goal)]


def system_bound(bench):
    """Work that asks much of the kernel."""
    # What an identity that owns nothing cannot read, and what Sanderling does not show, is left out everywhere.
    find = shlex.split("/usr/bin/find /usr -path /usr/local -prune -o -type d ! -readable -prune -o -print")
    place = bench.place
    compiler = ["/usr/bin/g++", "-O1", "-o", "/tmp/out", place.path("hello.cpp")]
    figures = []
    for name, title, line in (("find", "find /usr", find), ("compile", "a compile with g++", compiler)):
        line = [place.path("stopwatch"), *line]
        commands = subjects.commands(place, line, place.sanderling_steady(line))
        if name == "compile" and os.geteuid() == 0:
            # Inside, temporary files are in memory.
            commands["bare"] = Command(commands["bare"].arguments, "mount -t tmpfs none /tmp")
        commands = bench.able(title, commands)
        times = {subject: of["time"] for subject, of in values.alternate(commands, bench.count(15)).items()}
        figures += compare(f"{title}, ms", times, 1e6, f"{title}: inside at most 1.10 of outside")
    return figures


def loops(bench):
    """Nothing but one system call, again and again."""
    place = bench.place
    line = [place.path("calls"), "20000"]
    commands = subjects.commands(place, line, place.sanderling_steady(line))
    filter_file = f"seccomp={place.system_call_filter()}"
    for name, layers in (
        ("seccomp alone", [filter_file]),
        ("landlock alone", ["landlock"]),
        ("seccomp and landlock", ["landlock", filter_file]),
    ):
        commands[name] = Command((place.path("layer"), *layers, "--", *line))
    found = values.alternate(bench.able("system calls", commands), bench.count(10))
    figures = []
    for call, title in CALLS.items():
        figures += compare(f"{title}, ns", {subject: of[call] for subject, of in found.items()}, 1)
    return figures


def compare(metric, times, unit, goal=None):
    """The figures of one quantity, in `unit` nanoseconds; with the text of the `goal` on the ratio, if there is one."""
    figures = []
    for subject, samples in times.items():
        ratio = median(time / bare for time, bare in zip(samples, times["bare"], strict=True))
        own_goal = at_most(goal, ratio, 1.1) if goal and subject == "sanderling" else None
        figures.append(Figure.of(4, subject, metric, [time / unit for time in samples], ratio, own_goal))
    return figures
