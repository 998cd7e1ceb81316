"""Row 9: what a service adds to an execution of the library's."""

import shlex

import service
from figures import Figure, at_most, percentile

TITLE = "Over HTTP"
ABOUT = (
    "From the request, on a connection that is open, to the whole answer of `POST /v1/executions?wait=true`, in turns with "
    "`sandbox.execute` of the same program in another process. The submission is on the disk before it is answered, and in the audit "
    "log. `version`: a request that runs nothing. Ratio: to the library's."
)

PROGRAMS = ("Python", "native")


def commands(bench):
    """The service, which the harness starts."""
    found = {}
    for program in PROGRAMS:
        line = service.command(bench.place, f"service-{program}")
        bench.show_command(program, "service", shlex.join(line))
        found[program] = {"service": line}
    return found


def measure(bench):
    figures = []
    for program in PROGRAMS:
        name = f"9 over HTTP {program}"
        times = {
            subject: [time / 1e6 for time in bench.harness.samples(name, subject)]
            for subject in ("library", "over HTTP", "version")
        }
        library = percentile(times["library"], 50)
        text = f"{program} over HTTP: p50 at most the library's plus 1 ms"
        goals = {"over HTTP": at_most(text, percentile(times["over HTTP"], 50), library + 1, " ms")}
        for subject, samples in times.items():
            ratio = percentile(samples, 50) / library
            figures.append(Figure.of(9, f"sanderling, {subject}", f"{program}, ms", samples, ratio, goals.get(subject)))
    return figures
