"""Row 1: one program from the shell, everything from nothing to nothing."""

import service
import subjects
from command import Command
from figures import Figure, at_most, percentile
from hyperfine import alternate
from workplace import WITHOUT_SERVICE

TITLE = "One-shot from the shell"
ABOUT = (
    "A whole command, from its start to its end, by hyperfine without a shell. Ratio: to bare. "
    "By a service: the same command on a machine where `sanderling serve` runs."
)
BY_SERVICE = "sanderling, by a service"


def measure(bench):
    place = bench.place
    programs = {
        "/bin/true": (["/bin/true"], place.sanderling_native("true"), ""),
        "Python hello": (
            ["/usr/bin/python3", place.path("hello.py")],
            Command((place.sanderling, "run", place.path("hello.py")), environment=WITHOUT_SERVICE),
            "hello\n",
        ),
        "C hello": ([place.path("hello")], place.sanderling_native("hello"), "hello\n"),
    }
    figures = []
    with service.running(place) as socket:
        for program, (bare, sanderling, output) in programs.items():
            commands = subjects.commands(place, bare, sanderling)
            if program == "Python hello":
                served = (("SANDERLING_SOCKET", socket),)
                commands[BY_SERVICE] = Command(sanderling.arguments, environment=served)
            times = alternate(bench.able(program, commands, output), rounds=bench.count(10), runs=10)
            figures += [figure(program, name, samples, times) for name, samples in times.items()]
    return figures


def figure(program, name, samples, times):
    p50 = percentile(samples, 50)
    goal = None
    if name == "sanderling" and program == "Python hello":
        limit = percentile(times["bare"], 50) + 5
        goal = at_most("one-shot Python: p50 at most bare's plus 5 ms", p50, limit, " ms")
    elif name == BY_SERVICE:
        goal = at_most("one-shot Python, by a service: p50 at most bare's", p50, percentile(times["bare"], 50), " ms")
    elif name == "sanderling" and "bubblewrap" in times:
        limit = percentile(times["bubblewrap"], 50) + 3
        goal = at_most(f"one-shot {program}: p50 at most bubblewrap's plus 3 ms", p50, limit, " ms")
    return Figure.of(1, name, f"{program}, ms", samples, p50 / percentile(times["bare"], 50), goal)
