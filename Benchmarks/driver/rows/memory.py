"""Row 6: what a cell takes."""

from figures import Figure

TITLE = "Memory of a cell"
ABOUT = (
    "The fall of MemAvailable over 100 cells that run a waiting program, divided by 100: kernel objects are "
    "included. Python's pages of code are shared among them."
)

# There is no pool yet that keeps cells and interpreters ready, so there is none whose memory could be measured.
NO_POOL = "not measurable yet: no pool"


def commands(_):
    """Nothing is compared with."""
    return {}


def measure(bench):
    figures = []
    for program in ("native", "Python"):
        sizes = [size / 1e6 for size in bench.harness.samples(f"6 running cell {program}", "a cell")]
        figures.append(Figure.of(6, "sanderling", f"a cell that runs a waiting {program} program, MB", sizes))
        fit = [4_000 // size for size in sizes]
        figures.append(Figure.of(6, "sanderling", f"such cells in 4 GB, {program}, number", fit))
    figures.append(Figure.unmeasured(6, "sanderling", "idle cell, MB", "an idle cell: at most 0.6 MB", NO_POOL))
    figures.append(Figure.unmeasured(6, "sanderling", "parked Python, MB", "a parked Python: at most 2 MB", NO_POOL))
    return figures
