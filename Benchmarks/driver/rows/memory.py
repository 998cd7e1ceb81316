"""Row 6: what a cell takes."""

from figures import Figure, at_most, percentile

TITLE = "Memory of a cell"
ABOUT = (
    "The fall of MemAvailable over 100 cells, divided by 100: kernel objects are included. Python's pages of code are "
    "shared among them; of parked ones, the zygote is included."
)


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
    for program, name, limit in (("native", "a ready cell", 0.6), ("Python", "a ready cell with a parked Python", 2)):
        sizes = [size / 1e6 for size in bench.harness.samples(f"6 ready cell {program}", "a cell")]
        goal = at_most(f"{name}: at most {limit} MB", percentile(sizes, 50), limit, " MB")
        figures.append(Figure.of(6, "sanderling", f"{name}, MB", sizes, goal=goal))
    return figures
