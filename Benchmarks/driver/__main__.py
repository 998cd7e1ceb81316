"""Measures Sanderling beside the field and writes what came out. Started by scripts/bench."""

import argparse
import os
import signal
import subprocess
import sys
import time

import host
import report
from bench import Bench
from harness import Harness
from plot import HEADLINES, plot
from rows import ROWS
from workplace import Workplace


def rows(text):
    """Row numbers separated by commas or blanks."""
    try:
        numbers = [int(word) for word in text.replace(",", " ").split()]
    except ValueError:
        raise argparse.ArgumentTypeError(f"'{text}' is not a list of row numbers such as 1,2") from None
    if unknown := [str(number) for number in numbers if number not in ROWS]:
        raise argparse.ArgumentTypeError(f"there is no row {', '.join(unknown)}: rows are 1 to {max(ROWS)}")
    return numbers or list(ROWS)


def arguments():
    parser = argparse.ArgumentParser(
        prog="bench", description="Measures Sanderling beside the field; docs/performance.md says how."
    )
    parser.add_argument("--rows", type=rows, default=list(ROWS), help="only these rows, such as 1,2")
    parser.add_argument("--quick", action="store_true", help="a fifth of the runs: a rough answer")
    parser.add_argument("--output", default="output/bench", help="where the reports go (default: %(default)s)")
    parser.add_argument("--publish", action="store_true", help="also put the table and the plot into docs/")
    return parser.parse_args()


def build(checkout):
    """Installs and builds what is missing."""
    lists = ("runtime", "quickstart", "bench")
    # SwiftPM looks for new files in packages that this one depends on only after a change of the manifest.
    os.utime(os.path.join(checkout, "Benchmarks", "Package.swift"))
    for line in (
        [
            "scripts/install-dependencies",
            *(word for name in lists for word in ("--from", f"scripts/{name}-packages.txt")),
        ],
        ["make", "--no-print-directory", "build"],
        ["scripts/swiftpm", "build", "--package-path", "Benchmarks", "--configuration", "release", "--quiet"],
    ):
        if subprocess.run(line, cwd=checkout, check=False).returncode != 0:
            sys.exit(f"bench: '{' '.join(line)}' failed")


def main():
    options = arguments()
    # So that the workplace is removed.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("bench: terminated"))
    if options.publish and (options.quick or options.rows != list(ROWS)):
        sys.exit("bench: --publish is for a whole run: leave --rows and --quick out")
    checkout = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
    build(checkout)
    started = time.monotonic()
    with Workplace(checkout) as place:
        place.prepare()
        environment = place.environment(options.quick)
        harness = Harness(os.path.join(checkout, "Benchmarks"), place.directory, environment)
        bench = Bench(place, harness, options.quick)
        run = report.Run(host.facts(checkout), host.versions(checkout, place.sanderling), bench, options.rows)
        bench.measure({number: ROWS[number] for number in options.rows})
        run.seconds = time.monotonic() - started
    report.write(run, options.output, plot(bench.figures))
    if options.publish and run.warnings:
        print("bench: not published: " + " ".join(run.warnings), file=sys.stderr)
    elif options.publish:
        report.publish(run, os.path.join(checkout, "docs", "performance.md"))
        with open(os.path.join(checkout, "docs", "benchmarks.svg"), "w", encoding="utf-8") as file:
            file.write(plot(bench.figures, HEADLINES))
    print(report.goals(run))
    print(
        f"\nwrote BENCHMARKS.md, bench-results.json and benchmarks.svg in {options.output}, after {run.seconds:.0f} s"
    )
    if bench.has_failed:
        sys.exit("bench: a row could not be measured")


main()
