"""Row 2: request to result through the library, on a sandbox that has been used before."""

import shlex

import parts
import subjects
from figures import Figure, at_most, percentile

TITLE = "Warm through the library"
ABOUT = (
    "From `sandbox.execute` to its result, all evidence collected, alternating with the same program started bare "
    "(posix_spawn, output read, waited for), and at every tenth turn with the field's tools, started the same "
    "way: they have nothing to keep warm. `a fork alone` is what Python takes by itself: a started interpreter forks a copy "
    "ahead, which nothing confines, and which ends without taking itself apart. Ratio: to bare's p50."
)

PROGRAMS = ("Python", "JavaScript", "Bash", "native")


def commands(bench):
    """What is started beside Sanderling."""
    found = {}
    for program in PROGRAMS:
        able = bench.able(program, subjects.commands(bench.place, bench.place.bare(program)), "30\n")
        found[program] = {subject: command.wrap(command.arguments) for subject, command in able.items()}
    fork = parts.forked(bench.place)
    bench.show_command("Python", parts.FORK, shlex.join(fork))
    found["Python, parts"] = {parts.FORK: fork}
    return found


def measure(bench):
    figures = []
    for program in PROGRAMS:
        subjects_here = [*bench.inside[2][program], *bench.inside[2].get(f"{program}, parts", ()), "sanderling"]
        samples = {subject: bench.harness.samples(f"2 warm {program}", subject) for subject in subjects_here}
        times = {subject: [time / 1e6 for time in of] for subject, of in samples.items()}
        bare = percentile(times["bare"], 50)
        for subject, of in times.items():
            ratio = percentile(of, 50) / bare
            goal = goal_of(program, ratio) if subject == "sanderling" else None
            figures.append(Figure.of(2, subject, f"{program}, ms", of, ratio, goal))
        if program == "Python":
            ratio = percentile(times["sanderling"], 99) / bare
            goal = at_most("warm Python: p99 at most 0.5 of bare's p50", ratio, 0.5)
            figures.append(Figure.of(2, "sanderling", f"{program}, ms; ratio of p99", times["sanderling"], ratio, goal))
    return figures


def goal_of(program, ratio):
    if program == "Python":
        return at_most("warm Python: p50 at most 0.1 of bare's p50", ratio, 0.1)
    if program == "native":
        return at_most("warm native: p50 at most 1.5 of bare's p50", ratio, 1.5)
    return None
