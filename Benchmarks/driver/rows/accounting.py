"""Row 8: what the result says a program used, against what it really used."""

from figures import Figure, percentile

TITLE = "Accounting"
ABOUT = (
    "The difference, whichever its sign, between what the result reports and what the program found in its own "
    "accounts at its end: getrusage(2) for processor time, VmHWM of proc(5) for memory. The cgroup's memory also "
    "holds what the program's page tables and the kernel's objects take, and VmHWM also what is shared with other "
    "programs."
)


def commands(_):
    """Nothing is compared with."""
    return {}


def measure(bench):
    figures = []
    for cpu, memory in ((20, 8), (200, 64), (1_000, 128)):
        name = f"8 accounting {cpu} ms {memory} MB"
        used = percentile(bench.harness.samples(name, "cpu used"), 50)
        errors = [100 * error / used for error in bench.harness.samples(name, "cpu error")]
        figures.append(Figure.of(8, "sanderling", f"processor time, {cpu:,} ms used, error in %", errors))
        used = percentile(bench.harness.samples(name, "memory used"), 50)
        errors = [100 * error / used for error in bench.harness.samples(name, "memory error")]
        figures.append(Figure.of(8, "sanderling", f"peak memory, {memory} MB used, error in %", errors))
    return figures
