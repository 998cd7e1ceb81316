"""Whole commands, timed by hyperfine in alternating rounds: what disturbs the machine disturbs every subject alike."""

import json
import shlex
import subprocess
import tempfile
from dataclasses import dataclass


@dataclass(frozen=True)
class Command:
    """A command line, and what must be done around hyperfine so that it works on this host."""

    arguments: tuple[str, ...]
    # A shell line that runs before, in a mount namespace of hyperfine's own.
    preparation: str | None = None

    def __str__(self):
        line = shlex.join(self.arguments)
        return f"unshare --mount sh -c {shlex.quote(self.preparation + '; …')}: {line}" if self.preparation else line

    def wrap(self, arguments):
        """The same arguments, started after the preparation."""
        if not self.preparation:
            return list(arguments)
        return ["unshare", "--mount", "sh", "-c", f"{self.preparation}; exec {shlex.join(arguments)}"]


def failure(command, expected):
    """Why a command cannot be measured: None when it exits 0 and writes what is expected."""
    ended = subprocess.run(command.wrap(command.arguments), capture_output=True, text=True, timeout=60, check=False)
    if ended.returncode == 0 and ended.stdout == expected:
        return None
    said = (ended.stderr.strip() or ended.stdout.strip()).splitlines()
    return f"exit code {ended.returncode}: {said[-1] if said else 'no output'}"


def alternate(commands, rounds, runs):
    """Milliseconds of each command's runs, by name: so many rounds of so many runs each."""
    times = {name: [] for name in commands}
    with tempfile.NamedTemporaryFile(suffix=".json") as export:
        for _ in range(rounds):
            for name, command in commands.items():
                line = ["hyperfine", "--shell=none", "--style=none", "--warmup=1", f"--runs={runs}"]
                line += [f"--export-json={export.name}", shlex.join(command.arguments)]
                subprocess.run(command.wrap(line), check=True, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
                with open(export.name, encoding="utf-8") as results:
                    times[name] += [1_000 * time for time in json.load(results)["results"][0]["times"]]
    return times
