"""Row 2: request to result through the library, on a sandbox that has been used before."""

from figures import Figure, at_most, percentile

TITLE = "Warm through the library"
ABOUT = (
    "From `sandbox.execute` to its result, all evidence collected, alternating with the same program started bare "
    "(posix_spawn, output read, waited for). Ratio: to bare's p50."
)


def measure(bench):
    programs = ("Python", "JavaScript", "Bash", "native")
    bench.harness.run([f"2 warm {program}" for program in programs])
    figures = []
    for program in programs:
        times = {
            subject: [time / 1e6 for time in bench.harness.samples(f"2 warm {program}", subject)]
            for subject in ("bare", "sanderling")
        }
        bare = percentile(times["bare"], 50)
        p50, p99 = percentile(times["sanderling"], 50), percentile(times["sanderling"], 99)
        metric = f"{program}, ms"
        goal = None
        if program == "Python":
            goal = at_most("warm Python: p50 at most 0.1 of bare's p50", p50 / bare, 0.1)
        if program == "native":
            goal = at_most("warm native: p50 at most 1.5 of bare's p50", p50 / bare, 1.5)
        figures.append(Figure.of(2, "bare", metric, times["bare"], 1.0))
        figures.append(Figure.of(2, "sanderling", metric, times["sanderling"], p50 / bare, goal))
        if program == "Python":
            tail = at_most("warm Python: p99 at most 0.5 of bare's p50", p99 / bare, 0.5)
            figures.append(Figure.of(2, "sanderling", f"{program} (ratio of the p99), ms", times["sanderling"], p99 / bare, tail))
    return figures
