"""Row 1: one program from the shell, everything from nothing to nothing."""

import subjects
from command import Command
from figures import Figure, at_most, percentile
from hyperfine import alternate

TITLE = "One-shot from the shell"
ABOUT = "A whole command, from its start to its end, by hyperfine without a shell. Ratio: to bare."


def measure(bench):
    place = bench.place
    programs = {
        "/bin/true": (["/bin/true"], place.sanderling_native("true"), ""),
        "Python hello": (
            ["/usr/bin/python3", place.path("hello.py")],
            Command((place.sanderling, "run", place.path("hello.py"))),
            "hello\n",
        ),
        "C hello": ([place.path("hello")], place.sanderling_native("hello"), "hello\n"),
    }
    figures = []
    for program, (bare, sanderling, output) in programs.items():
        commands = subjects.commands(place, bare, sanderling)
        times = alternate(bench.able(program, commands, output), rounds=bench.count(10), runs=10)
        figures += [figure(program, name, samples, times) for name, samples in times.items()]
    return figures


def figure(program, name, samples, times):
    p50 = percentile(samples, 50)
    goal = None
    if name == "sanderling" and program == "Python hello":
        limit = percentile(times["bare"], 50) + 5
        goal = at_most("one-shot Python: p50 at most bare's plus 5 ms", p50, limit, " ms")
    elif name == "sanderling" and "bubblewrap" in times:
        limit = percentile(times["bubblewrap"], 50) + 3
        goal = at_most(f"one-shot {program}: p50 at most bubblewrap's plus 3 ms", p50, limit, " ms")
    return Figure.of(1, name, f"{program}, ms", samples, p50 / percentile(times["bare"], 50), goal)
