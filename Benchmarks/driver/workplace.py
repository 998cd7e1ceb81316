"""What has to be there before anything is measured: compiled programs, and languages that only start them."""

import contextlib
import json
import os
import shutil
import subprocess
import tempfile

from command import Command
from parts import Cgroups

NATIVE = ("sum", "hello", "spin", "wait", "overrun", "consume", "calls", "stopwatch", "layer", "cells")

# The variable with which `sanderling run` looks for no service.
WITHOUT_SERVICE = (("SANDERLING_SOCKET", ""),)

DEFINITION = """\
name: bench-{name}
display_name: The compiled program {name}
family: native
executables:
  program:
    candidates: ["{path}"]
source_name: nothing.txt
run:
  command: ["{{executable:program}}"]
hello:
  source: "-"
  stdin: "-"
  expected_output: "-"
"""


class Workplace:
    """A directory that others may read, as programs in a sandbox are nobody; gone when left."""

    def __init__(self, checkout):
        self.checkout = checkout
        self.system_call_rules = system_call_rules(checkout)

    def __enter__(self):
        # Not in /tmp, which some subjects replace.
        self.directory = tempfile.mkdtemp(prefix="sanderling-bench-", dir="/var/tmp")
        self.programs = os.path.join(self.directory, "programs")
        self.installed = os.path.join(self.directory, "installed")
        self.sanderling = os.path.join(self.installed, "bin", "sanderling")
        self._others = contextlib.ExitStack()
        self.cgroups = self._others.enter_context(Cgroups("bench-of-" + os.path.basename(self.directory)))
        return self

    def prepare(self):
        """Fills the directory."""
        os.chmod(self.directory, 0o755)
        # What people start is what was installed.
        install = [os.path.join(self.checkout, "scripts", "install"), "--prefix", self.installed]
        subprocess.run(install, check=True, stdout=subprocess.DEVNULL)
        shutil.copytree(os.path.join(self.checkout, "Benchmarks", "Programs"), self.programs)
        for name in NATIVE:
            self._compile(name)
        self._define_languages()

    def __exit__(self, *error):
        self._others.__exit__(*error)
        shutil.rmtree(self.directory)

    def path(self, name):
        """The path of a program."""
        return os.path.join(self.programs, name)

    def environment(self, quick):
        """What the benchmarks inside the library find in their environment."""
        return os.environ | {
            "XDG_CONFIG_HOME": self._configuration("all"),
            "SANDERLING_BENCH_PROGRAMS": self.programs,
            "SANDERLING_BENCH_QUICK": "1" if quick else "0",
        }

    def bare(self, language):
        """The command line of the same small program without Sanderling, in a language or `native`."""
        return {
            "Python": ["/usr/bin/python3", self.path("sum.py")],
            "JavaScript": ["/usr/bin/node", self.path("sum.js")],
            "Bash": ["/bin/bash", self.path("sum.sh")],
            "native": [self.path("sum")],
        }[language]

    def sanderling_native(self, name):
        """The command that runs a compiled program with Sanderling."""
        line = (self.sanderling, "run", "--language", f"bench-{name}", "-c", "-")
        return Command(line, environment=self._knowing(name))

    def sanderling_steady(self, arguments):
        """The command that runs any command line with Sanderling, with time enough and files in memory."""
        line = [self.sanderling, "run", "--language", "bench-env", "--filesystem", "scratch"]
        line += ["--mount", f"{self.programs}:{self.programs}", "--time", "60s", "--cpu-time", "60s", "-c", "-", "--"]
        return Command(tuple(line + arguments), environment=self._knowing("env"))

    def add(self, directory):
        """Puts a copy of a directory beside the programs; its path."""
        return shutil.copytree(directory, self.path(os.path.basename(directory)))

    def system_call_filter(self):
        """The file that holds Sanderling's system-call filter."""
        writer = os.path.join(self.checkout, "Benchmarks", ".build", "release", "WriteFilter")
        subprocess.run([writer, path := self.path("filter.bpf")], check=True)
        return path

    def _compile(self, name):
        source = os.path.join(self.programs, name + ".c")
        subprocess.run(
            ["gcc", "-std=gnu2x", "-O1", "-Wall", "-Wextra", "-Werror", "-o", self.path(name), source], check=True
        )

    def _configuration(self, name):
        """Where Sanderling finds the definition of one program, or of all."""
        return os.path.join(self.directory, "configuration", name)

    def _knowing(self, name):
        """The variable that shows Sanderling this one definition: more would take it time to read."""
        return (("XDG_CONFIG_HOME", self._configuration(name)), *WITHOUT_SERVICE)

    def _define_languages(self):
        programs = {name: self.path(name) for name in NATIVE} | {"true": "/usr/bin/true", "env": "/usr/bin/env"}
        for name, path in programs.items():
            for configuration in (name, "all"):
                directory = os.path.join(self._configuration(configuration), "sanderling", "languages")
                os.makedirs(directory, exist_ok=True)
                with open(os.path.join(directory, f"bench-{name}.yaml"), "w", encoding="utf-8") as file:
                    file.write(DEFINITION.format(name=name, path=path))


def system_call_rules(checkout):
    """The rules of Sanderling's profile for an OCI runtime: what is recorded is only refused."""
    with open(os.path.join(checkout, "Sources", "Sanderling", "Seccomp", "profile.json"), encoding="utf-8") as file:
        profile = json.load(file)
    rules = [{key: rule[key] for key in rule if key != "comment"} for rule in profile["syscalls"]]
    return [rule for rule in rules if rule["action"] != "SCMP_ACT_NOTIFY"]
