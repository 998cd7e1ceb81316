"""A service of the test's own, and where the command is."""
from __future__ import annotations

import os
import signal
import subprocess
import tempfile
from typing import Dict, Optional

COMMAND = os.environ.get("SANDERLING_COMMAND", "sanderling")


class Service:
    """`sanderling serve` on a free port, with a directory of its own; ended by ``stop``."""

    def __init__(self, *settings: str, caller: Optional[str] = None) -> None:
        self._data = tempfile.TemporaryDirectory()
        self.key: Optional[str] = None
        if caller:
            made = subprocess.run(
                [COMMAND, "key", "create", "--data", self._data.name, "--caller", caller],
                stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, check=True,
            )
            self.key = made.stdout.strip()
        self._process = subprocess.Popen(
            [COMMAND, "serve", "--port", "0", "--data", self._data.name]
            + [word for setting in settings for word in ("--set", setting)],
            stdout=subprocess.PIPE, text=True,
        )
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line.startswith("serving on "):
            self._process.kill()
            self._process.wait()
            raise RuntimeError(f"the service did not start: {line}")
        self.url = line.split()[-1]

    def stop(self) -> int:
        """Ends it, and returns its exit code."""
        self._process.send_signal(signal.SIGTERM)
        code = self._process.wait(timeout=60)
        assert self._process.stdout is not None
        self._process.stdout.close()
        self._data.cleanup()
        return code


def environment(**values: str) -> Dict[str, str]:
    """This process's environment, with nothing but ``values`` that concerns Sanderling."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("SANDERLING_")}
    return {**kept, **values}
