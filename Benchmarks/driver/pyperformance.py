"""Python's own benchmark programs, from PyPI."""

import os
import shutil
import subprocess
import sys

from figures import Unmeasurable

VERSION = "1.11.0"


def install(directory):
    """The programs with all they import, in a directory that is kept from run to run."""
    site = os.path.join(directory, f"pyperformance-{VERSION}")
    if os.path.isdir(site):
        return site
    print(f"   installing pyperformance {VERSION} from PyPI", file=sys.stderr, flush=True)
    shutil.rmtree(incomplete := site + ".incomplete", ignore_errors=True)
    environment = os.path.join(incomplete, "environment")
    pip = [os.path.join(environment, "bin", "pip"), "install", "--quiet", "--disable-pip-version-check"]
    for line in (
        ["/usr/bin/python3", "-m", "venv", environment],
        [*pip, "--target", os.path.join(incomplete, "site"), f"pyperformance=={VERSION}"],
    ):
        ended = subprocess.run(line, capture_output=True, text=True, check=False)
        if ended.returncode != 0:
            raise Unmeasurable(f"pyperformance cannot be installed: {(ended.stderr or ended.stdout).strip()}")
    os.rename(os.path.join(incomplete, "site"), site)
    shutil.rmtree(incomplete)
    return site


def program(site, name):
    """The path of one program."""
    return os.path.join(site, "pyperformance", "data-files", "benchmarks", f"bm_{name}", "run_benchmark.py")
