"""Row 5: how late a limit on time strikes."""

from figures import Figure, at_most, percentile

TITLE = "Overshoot of the limits on time"
ABOUT = (
    "A program that spins under a limit of 50 ms. `sanderling`: what the result says it used, beyond the limit. "
    "`program`: how far beyond it the program itself came, by its own clock; its wall clock begins at `main`. The "
    "greater holds. Loaded: two other programs spin for each processor."
)


def commands(_):
    """Nothing is compared with."""
    return {}


def measure(bench):
    figures = []
    for clock, limit in (("wall", 5), ("cpu", 10)):
        for load in ("idle", "loaded"):
            name = f"5 overshoot {clock} {load}"
            late = {
                quantity: [t / 1e6 for t in bench.harness.samples(name, quantity)] for quantity in ("reported", "seen")
            }
            goal = None
            if clock == "cpu" or load == "idle":
                text = f"{clock} limit, {load}: p99 of the overshoot at most {limit} ms"
                goal = at_most(text, max(percentile(of, 99) for of in late.values()), limit, " ms")
            metric = f"{clock} limit, {load}, ms"
            figures.append(Figure.of(5, "sanderling", metric, late["reported"], goal=goal))
            figures.append(Figure.of(5, "program", metric, late["seen"]))
    return figures
