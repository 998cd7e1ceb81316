"""Whole commands, timed by hyperfine in alternating rounds: what disturbs the machine disturbs every subject alike."""

import json
import shlex
import tempfile

from figures import Unmeasurable


def alternate(commands, rounds, runs):
    """Milliseconds of each command's runs, by name: so many rounds of so many runs each."""
    times = {name: [] for name in commands}
    with tempfile.NamedTemporaryFile(suffix=".json") as export:
        for _ in range(rounds):
            for name, command in commands.items():
                line = ["hyperfine", "--shell=none", "--style=none", "--warmup=1", f"--runs={runs}"]
                line += [f"--export-json={export.name}", shlex.join(command.arguments)]
                ended = command.run(line)
                if ended.returncode != 0:
                    raise Unmeasurable(f"{name}: {ended.stderr.strip()}")
                with open(export.name, encoding="utf-8") as results:
                    times[name] += [1_000 * time for time in json.load(results)["results"][0]["times"]]
    return times
