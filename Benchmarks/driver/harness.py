"""What happens inside the library, measured by ordo-one's benchmark package; see `SanderlingBenchmarks`."""

import json
import os
import re
import shutil
import subprocess

from figures import Unmeasurable


class Harness:
    """Runs benchmarks and reads the samples they leave."""

    def __init__(self, package, directory, environment):
        self._package = package
        self._raw = os.path.join(directory, "samples")
        self._commands = os.path.join(directory, "commands.json")
        self._environment = environment | {"SANDERLING_BENCH_COMMANDS": self._commands}
        self._failures = {}

    def run(self, rows, commands):
        """Runs the benchmarks of some rows, which find the commands they compare with by program and subject.

        All at once, because each start of the harness builds for a while.
        """
        shutil.rmtree(self._raw, ignore_errors=True)
        os.makedirs(self._raw)
        with open(self._commands, "w", encoding="utf-8") as file:
            json.dump(commands, file)
        line = [os.environ["SWIFT"], "package", "--package-path", self._package, "--allow-writing-to-package-directory"]
        line += ["--allow-writing-to-directory", self._raw, "benchmark", "run", "--target", "SanderlingBenchmarks"]
        line += ["--format", "histogramSamples", "--path", self._raw, "--no-progress"]
        for row in rows:
            line += ["--filter", f"^{row} .*"]
        ended = subprocess.run(line, env=self._environment, capture_output=True, text=True, check=False)
        # A benchmark that throws is told in the output; the exit code is 0 all the same.
        self._failures = dict(re.findall(r"^Benchmark (.+?) failed with (.*)", ended.stdout, re.MULTILINE))
        if ended.returncode != 0:
            said = "\n".join((ended.stdout + ended.stderr).splitlines()[-30:])
            raise Unmeasurable(f"the harness ended with exit code {ended.returncode}:\n{said}")

    def samples(self, benchmark, quantity):
        """The samples that a benchmark recorded of a quantity."""
        if benchmark in self._failures:
            raise Unmeasurable(f"{benchmark}: {self._failures[benchmark]}")
        name = f"Current_run.SanderlingBenchmarks.{benchmark}.{quantity}.histogram.samples.tsv".replace(" ", "_")
        with open(os.path.join(self._raw, name), encoding="utf-8") as file:
            heading, *samples = file.read().splitlines()
        if heading.strip() != quantity:
            raise RuntimeError(f"{name}: expected plain counts of '{quantity}', got '{heading}'")
        return [int(sample) for sample in samples]
