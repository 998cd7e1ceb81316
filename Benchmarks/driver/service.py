"""A service of Sanderling's that runs while something is measured by it."""

import contextlib
import os
import subprocess
import time

from figures import Unmeasurable


@contextlib.contextmanager
def running(place):
    """Starts a service on this machine; gives the path of its socket, and ends it."""
    data = os.path.join(place.directory, "service")
    socket = os.path.join(data, "service.sock")
    line = [place.sanderling, "serve", "--port", "0", "--data", data]
    # A benchmark asks more often than the callers that it is set for.
    line += ["--set", "callers.rate=600000", "--set", "callers.burst=10000"]
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
