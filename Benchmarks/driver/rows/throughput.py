"""Row 3: executions a second, and whether they stay as fast and as small after ten thousand."""

import os

from figures import Figure, Goal, at_least, percentile

TITLE = "Throughput"
ABOUT = (
    "Executions a second and processor with so many at once, in windows of 0.7 s that alternate with the same program "
    "started bare in the same way. Ratio: to bare. Growth: one sandbox, as many at once as there are processors; memory "
    "is what this process and its launcher hold, and what is gone from MemAvailable."
)


def measure(bench):
    at_once = (1, 2, 8, 64)
    programs = ("Python", "native")
    bench.harness.run(["3 throughput .*", "3 growth"])
    figures = []
    for program in programs:
        for count in at_once:
            figures += throughput(bench, program, count)
    return figures + growth(bench)


def throughput(bench, program, at_once):
    name = f"3 throughput {program} {at_once}"
    rates = {
        subject: [rate / 1_000 / os.cpu_count() for rate in bench.harness.samples(name, subject)]
        for subject in ("bare", "sanderling")
    }
    ratio = percentile(rates["sanderling"], 50) / percentile(rates["bare"], 50)
    goal = None
    if program == "Python" and at_once == os.cpu_count():
        goal = at_least(f"Python executions a second, {at_once} at once: at least 3 times bare's", ratio, 3)
    metric = f"{program}, {at_once} at once, executions/s per core"
    return [
        Figure.of(3, "bare", metric, rates["bare"], 1.0),
        Figure.of(3, "sanderling", metric, rates["sanderling"], ratio, goal),
    ]


def growth(bench):
    points = (10, 100, 1_000) if bench.is_quick else (10, 100, 1_000, 10_000)
    times = {point: [t / 1e6 for t in bench.harness.samples("3 growth", f"time to {point}")] for point in points}
    resident = {point: [m / 1e6 for m in bench.harness.samples("3 growth", f"memory at {point}")] for point in points}
    taken = {point: [m / 1e6 for m in bench.harness.samples("3 growth", f"taken at {point}")] for point in points}
    # The first ten find everything cold.
    first, last = points[1], points[-1]
    slower = percentile(times[last], 50) / percentile(times[first], 50)
    larger = resident[last][0] / resident[points[0]][0]
    text = f"{last:,} executions: %s within 10 %% of %s"
    goals = {
        "time": at_most_tenth(text % ("time of each", f"the first {first}'s"), slower),
        "memory": at_most_tenth(text % ("memory", f"that after {points[0]}"), larger),
    }
    figures = []
    for before, point in zip((0, *points), points):
        time_goal, memory_goal = (goals["time"], goals["memory"]) if point == last else (None, None)
        span = f"growth, executions {before + 1:,} to {point:,}"
        ratio = percentile(times[point], 50) / percentile(times[first], 50)
        figures.append(Figure.of(3, "sanderling", f"{span}, ms each", times[point], ratio, time_goal))
        ratio = resident[point][0] / resident[points[0]][0]
        figures.append(Figure.of(3, "sanderling", f"growth, resident after {point:,}, MB", resident[point], ratio, memory_goal))
        figures.append(Figure.of(3, "sanderling", f"growth, gone from MemAvailable after {point:,}, MB", taken[point]))
    return figures


def at_most_tenth(text, ratio):
    return Goal(text, f"{100 * (ratio - 1):+.0f} %", ratio <= 1.1)
