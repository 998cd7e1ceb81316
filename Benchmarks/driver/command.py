"""Command lines: what is compared."""

import os
import shlex
import subprocess
from dataclasses import dataclass


@dataclass(frozen=True)
class Command:
    """A command line, and what must be done around it so that it works on this host."""

    arguments: tuple[str, ...]
    # A shell line that runs before, in a mount namespace that is left with the command.
    preparation: str | None = None
    # Variables of its environment, beyond ours.
    environment: tuple[tuple[str, str], ...] = ()

    def __str__(self):
        line = " ".join([f"{name}={shlex.quote(value)}" for name, value in self.environment])
        line = f"{line} {shlex.join(self.arguments)}".strip()
        return f"unshare --mount sh -c {shlex.quote(self.preparation + '; …')}: {line}" if self.preparation else line

    def wrap(self, arguments):
        """The same arguments, started after the preparation."""
        if not self.preparation:
            return list(arguments)
        return ["unshare", "--mount", "sh", "-c", f"{self.preparation}; exec {shlex.join(arguments)}"]

    def run(self, arguments=None, **options):
        """Runs the command, or others in its place, and returns how that ended with what it wrote."""
        line, environment = self.wrap(arguments or self.arguments), os.environ | dict(self.environment)
        return subprocess.run(line, env=environment, capture_output=True, text=True, check=False, **options)


def failure(command, expected=None):
    """Why a command cannot be measured: None when it exits 0 and writes what is expected, if anything is."""
    try:
        ended = command.run(timeout=60)
    except subprocess.TimeoutExpired:
        return "still running after a minute"
    if ended.returncode == 0 and expected in (None, ended.stdout):
        return None
    said = (ended.stderr.strip() or ended.stdout.strip()).splitlines()
    return f"exit code {ended.returncode}: {said[-1] if said else 'no output'}"
