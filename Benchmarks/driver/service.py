"""A service of Sanderling's that runs while something is measured by it."""

import contextlib
import os
import subprocess
import time

from figures import Unmeasurable


def command(place, data):
    """The command that starts a service with its data in a directory of that name, but for its port."""
    line = [place.sanderling, "serve", "--data", os.path.join(place.directory, data)]
    # A benchmark asks more often than the callers that it is set for.
    return [*line, "--set", "callers.rate=600000", "--set", "callers.burst=10000"]


@contextlib.contextmanager
def running(place):
    """Starts a service on this machine; gives the path of its socket, and ends it."""
    line = [*command(place, "service"), "--port", "0"]
    socket = os.path.join(place.directory, "service", "service.sock")
    with subprocess.Popen(line, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True) as process:
        try:
            for _ in range(100):
                if os.path.exists(socket):
                    break
                if process.poll() is not None:
                    raise Unmeasurable(f"the service ended: {process.stderr.read().strip()}")
                time.sleep(0.1)
            yield socket
        finally:
            process.terminate()
            process.wait()
