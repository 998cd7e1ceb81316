"""What programs measure of themselves, collected in alternating rounds."""

import json

from figures import Unmeasurable


def alternate(commands, rounds, best_only=False):
    """The values that each command writes, by its name and theirs; with `best_only` the smallest that a run writes."""
    found = {name: {} for name in commands}
    for _ in range(rounds):
        for name, command in commands.items():
            ended = command.run()
            if ended.returncode != 0:
                raise Unmeasurable(f"{command}: exit code {ended.returncode}: {ended.stderr}")
            written = {}
            for value_name, value in parse(ended.stdout):
                written.setdefault(value_name, []).append(value)
            for value_name, run_values in written.items():
                found[name].setdefault(value_name, []).extend([min(run_values)] if best_only else run_values)
    return found


def parse(text):
    """Names and nanoseconds: lines of them, or what a worker of pyperf writes."""
    if text.startswith("{"):
        run = json.loads(text)["benchmarks"][0]["runs"][0]
        return [("time", 1e9 * seconds) for seconds in run["values"]]
    return [(name, float(value)) for name, value in (line.split() for line in text.splitlines())]
