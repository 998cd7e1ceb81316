"""What the figures were measured on, and with which versions."""

import json
import os
import platform
import re
import subprocess
import time

from pyperformance import VERSION as PYPERFORMANCE

VERSIONS = {
    "bubblewrap": ["bwrap", "--version"],
    "crun": ["crun", "--version"],
    "runc": ["runc", "--version"],
    "firejail": ["firejail", "--version"],
    "nsjail": ["nsjail", "--version"],
    "isolate": ["isolate", "--version"],
    "hyperfine": ["hyperfine", "--version"],
    "swift": ["swift", "--version"],
}

MEASURED = ("python", "javascript", "bash", "cpp", "rust", "go", "java")


def facts(checkout):
    """The host as name and value, in the order in which reports give them."""
    return {
        "date": time.strftime("%Y-%m-%d", time.gmtime()),
        "commit": said(["git", "-C", checkout, "describe", "--always", "--dirty"]),
        "kernel": platform.release(),
        "system": field("/etc/os-release", r'^PRETTY_NAME="(.*)"'),
        "processor": field("/proc/cpuinfo", r"^model name\s*: (.*)"),
        "processors": os.cpu_count(),
        "memory": f"{os.sysconf('SC_PHYS_PAGES') * os.sysconf('SC_PAGE_SIZE') / 1e9:.1f} GB",
        "cgroups": "v2" if os.path.exists("/sys/fs/cgroup/cgroup.controllers") else "v1",
        "user": "root" if os.geteuid() == 0 else "ordinary user",
    }


def versions(checkout, sanderling):
    """What each tool says of its version; `not present` for what is not there."""
    found = {name: said(command) for name, command in VERSIONS.items()}
    found |= {name: version for name, version in languages(sanderling).items() if name in MEASURED}
    found["pyperformance"] = PYPERFORMANCE
    with open(os.path.join(checkout, "Benchmarks", "Package.swift"), encoding="utf-8") as file:
        found["ordo-one/benchmark"] = re.search(r'ordo-one/benchmark", exact: "([^"]+)"', file.read()).group(1)
    return found


def languages(sanderling):
    """The version of each language as Sanderling finds it, by its name; without those that are not there."""
    listed = subprocess.run([sanderling, "languages", "--format", "json"], capture_output=True, text=True, check=False)
    return {language["name"]: language["version"] for language in json.loads(listed.stdout) if language["present"]}


def said(command):
    """The first line of what a command writes."""
    try:
        ended = subprocess.run(command, capture_output=True, text=True, timeout=20, check=False)
    except FileNotFoundError:
        return "not present"
    return (ended.stdout.strip() or ended.stderr.strip()).splitlines()[0]


def field(path, pattern):
    try:
        with open(path, encoding="utf-8") as file:
            found = re.search(pattern, file.read(), re.MULTILINE)
    except FileNotFoundError:
        return "unknown"
    return found.group(1) if found else "unknown"
