"""Row 3: executions a second, and whether they stay as fast and as small after ten thousand."""

import os
import shlex

import parts
from figures import Figure, Goal, at_least, percentile

TITLE = "Throughput"
ABOUT = (
    "Executions a second and processor with so many at once, in windows of 0.7 s that alternate with the same "
    "program started bare in the same way; p90 is what 90 % of the windows reach. `a fork alone` is what Python takes by "
    "itself, as in row 2; `namespaces and cgroups alone` what the kernel takes of a cell: a small process in C that makes "
    "those, runs the program and takes them down, without mounts, limits, a filter or a record. Ratio: to bare. Growth: a "
    "native program on one sandbox, as many at once as there are processors, a bare one in between, and then in turns "
    "with a new sandbox of the same process. Ratio of the time: to the new one's, and before that to that of executions "
    "11 to 100, each relative to bare's; of the memory that this process and its launcher hold: to that after 10."
)

PROGRAMS = ("Python", "native")


def commands(bench):
    """What is started bare."""
    bare = {program: bench.place.bare(program) for program in PROGRAMS}
    for program, command in bare.items():
        bench.show_command(program, "bare", shlex.join(command))
    found = {program: {"bare": command} for program, command in bare.items()}
    alone = {"Python": {parts.FORK: parts.forked(bench.place)}}
    if cgroups := bench.place.cgroups.paths:
        alone["native"] = {parts.KERNEL: parts.confined(bench.place, cgroups)}
    for program, commands_of in alone.items():
        for part, command in commands_of.items():
            bench.show_command(program, part, shlex.join(command))
        found[f"{program}, parts"] = commands_of
    return found


def measure(bench):
    figures = []
    for program in PROGRAMS:
        for at_once in (1, 2, 8, 64):
            figures += throughput(bench, program, at_once)
    return figures + growth(bench)


def throughput(bench, program, at_once):
    name = f"3 throughput {program} {at_once}"
    alone = bench.inside[3].get(f"{program}, parts", ()) if at_once == os.cpu_count() else ()
    rates = {
        subject: [rate / 1_000 / os.cpu_count() for rate in bench.harness.samples(name, subject)]
        for subject in ("bare", *alone, "sanderling")
    }
    ratio = percentile(rates["sanderling"], 50) / percentile(rates["bare"], 50)
    goal = None
    if program == "Python" and at_once == os.cpu_count():
        goal = at_least(f"Python executions a second, {at_once} at once: at least 3 times bare's", ratio, 3)
    metric = f"{program}, {at_once} at once, executions/s per core"
    bare = percentile(rates["bare"], 50)
    return [
        Figure.of(3, subject, metric, of, percentile(of, 50) / bare, goal if subject == "sanderling" else None, is_rate=True)
        for subject, of in rates.items()
    ]


def growth(bench):
    points = (10, 100, 1_000) if bench.is_quick else (10, 100, 1_000, 10_000)

    def samples(quantity):
        found = {point: bench.harness.samples("3 growth", f"{quantity} {point}") for point in points}
        return {point: [sample / 1e6 for sample in of] for point, of in found.items()}

    times, bare, resident, gone = samples("time to"), samples("bare to"), samples("resident at"), samples("gone at")
    # The first ten find everything cold.
    first, last = points[1], points[-1]
    # Relative to bare processes, so that the machine's own changes of speed are taken out.
    relative = {point: percentile(times[point], 50) / percentile(bare[point], 50) for point in points}
    slower = {point: relative[point] / relative[first] for point in points}
    larger = {point: resident[point][0] / resident[points[0]][0] for point in points}
    # The machine does not stay as fast as it was ten thousand executions ago, but it is the same for both of these.
    turns = {name: [sample / 1e6 for sample in bench.harness.samples("3 growth", f"time {name}")] for name in ("aged", "new")}
    aged = percentile(turns["aged"], 50) / percentile(turns["new"], 50)
    text = f"{last:,} executions: %s within 10 %% of %s"
    time_goal = at_most_tenth(text % ("time of each", "a new sandbox's, in turns"), aged)
    memory_goal = at_most_tenth(text % ("memory", f"that after {points[0]}"), larger[last])
    figures = []
    for before, point in zip((0, *points), points):
        metric = f"growth, executions {before + 1:,} to {point:,}, ms each"
        figures.append(Figure.of(3, "bare", metric, bare[point]))
        figures.append(Figure.of(3, "sanderling", metric, times[point], slower[point]))
    metric = f"growth, after {last:,} executions, in turns, ms each"
    figures.append(Figure.of(3, "sanderling, new", metric, turns["new"], 1.0))
    figures.append(Figure.of(3, "sanderling", metric, turns["aged"], aged, time_goal))
    for point in points:
        metric, goal = f"growth, resident after {point:,}, MB", memory_goal if point == last else None
        figures.append(Figure.of(3, "sanderling", metric, resident[point], larger[point], goal))
        figures.append(Figure.of(3, "sanderling", f"growth, gone from MemAvailable after {point:,}, MB", gone[point]))
    return figures


def at_most_tenth(text, ratio):
    return Goal(text, f"{100 * (ratio - 1):+.0f} %", ratio <= 1.1)
