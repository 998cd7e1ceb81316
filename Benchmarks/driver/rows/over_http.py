"""Row 9: what a service adds to an execution of the library's."""

import shlex

import service
from figures import Figure, at_most, percentile

TITLE = "Over HTTP"
ABOUT = (
    "From the request, on a connection that is open, to the whole answer of `POST /v1/executions?wait=true`, in turns with "
    "`sandbox.execute` of the same program in another process. The submission is on the disk before it is answered, and in the audit "
    "log. `nothing over HTTP`: `GET /v1/version`. Executions follow each other, or come after a pause of 20 ms, in which processors "
    "fall asleep. Ratio: to the library's."
)

PROGRAMS = ("Python", "native")
SUBJECTS = ("library", "over HTTP", "nothing over HTTP")


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
        figures += compare(bench, program, "")
        figures += compare(bench, program, " after a pause")
    return figures


def compare(bench, program, when):
    """The figures of a program by each way; the goal is of executions that follow each other."""
    benchmark = f"9 over HTTP {program}"
    times = {
        subject: [time / 1e6 for time in bench.harness.samples(benchmark, subject + when)] for subject in SUBJECTS
    }
    p50 = {subject: percentile(samples, 50) for subject, samples in times.items()}
    figures = []
    for subject, samples in times.items():
        goal = None
        if subject == "over HTTP" and not when:
            text = f"{program} over HTTP: p50 at most the library's plus 1 ms"
            goal = at_most(text, p50[subject], p50["library"] + 1, " ms")
        ratio = p50[subject] / p50["library"]
        figures.append(Figure.of(9, subject, f"{program}{when}, ms", samples, ratio, goal))
    return figures
