"""What happens inside the library, measured by ordo-one's benchmark package; see `SanderlingBenchmarks`."""

import json
import os
import shutil
import subprocess

from figures import Unmeasurable


class Harness:
    """Runs the benchmarks of one row and reads the samples they leave."""

    def __init__(self, package, directory, swift):
        self._package = package
        self._raw = os.path.join(directory, "samples")
        self._commands = os.path.join(directory, "commands.json")
        self._swift = swift

    def run(self, names, commands=None):
        """Runs the benchmarks whose names match a pattern each, which find the commands by program and subject."""
        shutil.rmtree(self._raw, ignore_errors=True)
        os.makedirs(self._raw)
        with open(self._commands, "w", encoding="utf-8") as file:
            json.dump(commands or {}, file)
        line = [self._swift, "package", "--package-path", self._package, "--allow-writing-to-package-directory"]
        line += ["--allow-writing-to-directory", self._raw, "benchmark", "run", "--target", "SanderlingBenchmarks", "--format", "histogramSamples"]
        line += ["--path", self._raw, "--no-progress"]
        for name in names:
            line += ["--filter", name]
        environment = os.environ | {"SANDERLING_BENCH_COMMANDS": self._commands}
        ended = subprocess.run(line, env=environment, capture_output=True, text=True, check=False)
        # A benchmark that throws is told in the output; the exit code is 0 all the same.
        said = ended.stdout.splitlines() + ended.stderr.splitlines()
        if reasons := [line for line in said if "failed with" in line]:
            raise Unmeasurable("; ".join(reasons))
        if ended.returncode != 0:
            raise RuntimeError(f"{' '.join(line)}\n" + "\n".join(said[-30:]))

    def samples(self, benchmark, quantity):
        """The samples that a benchmark recorded of a quantity."""
        name = f"Current_run.SanderlingBenchmarks.{benchmark}.{quantity}.histogram.samples.tsv".replace(" ", "_")
        with open(os.path.join(self._raw, name), encoding="utf-8") as file:
            heading, *samples = file.read().splitlines()
        if heading.strip() != quantity:
            raise RuntimeError(f"{name}: expected plain counts of '{quantity}', got '{heading}'")
        return [int(sample) for sample in samples]
