"""What is run, and what has to come of it."""

import json
import os
import re

from looking import BASH, C

# What libraries say before they end the process.
LIBRARIES = "error while loading shared libraries|resource bundle|out of memory|Cannot allocate memory"
# A message of Sanderling's that says what failed.
SAYS = re.compile(r"^sanderling: \S.*\S", re.M)


class Run:
    """One `sanderling run`.

    `cache` is what the compile cache holds before it: None where it is not used, "empty", or "filled" by a clean run. `stages`
    is how many there are, of which one alone tells that the cache was used.
    """

    patience = 40

    def __init__(self, name, code, options, codes=(0,), collected=None, language="bash", cache=None, definition=None, stages=1):
        self.name, self.code, self.options, self.codes, self.collected = name, code, options, codes, collected
        self.language, self.cache, self.definition, self.stages = language, cache, definition, stages

    def arguments(self, place):
        arguments = ["run", "--direct", "--language", self.language, *([] if self.cache else ["--no-cache"]), *self.options]
        if self.collected:
            arguments += ["--collect-to", os.path.join(place, "collected")]
        return [*arguments, "-c", self.code, "--", os.path.join(place, "secret")]

    def prepare(self, place):
        """Makes what the run needs beside the program."""
        if self.definition:
            languages = os.path.join(place, "config/sanderling/languages")
            os.makedirs(languages)
            with open(os.path.join(languages, f"{self.language}.yaml"), "w", encoding="ascii") as file:
                file.write(self.definition)

    def beside(self, _place, _traced):
        """What is done while it runs: nothing."""

    def complete(self, outcome, place):
        """Adds what a run has left on purpose to its outcome."""
        if self.collected:
            outcome.collected = text(os.path.join(place, "collected", self.collected))

    def is_fit(self, clean):
        """Whether a clean run is one that faults can be held against."""
        stages = len({"confined", "confined later"} & {role for role, _ in clean.counts})
        return clean.code in self.codes and "walls" in clean.stdout and stages == self.stages

    def word(self, outcome, clean, silent):
        """A word for what came of a fault: right, refused, or wrong."""
        if not clean.stdout.startswith(outcome.stdout):
            return f"wrong: the program saw other walls: {outcome.stdout.strip()!r}"
        if self.is_right(outcome, clean, silent):
            return "right"
        # 64 where it is told that a language's files are not there.
        if outcome.code in (64, 125) and SAYS.search(outcome.stderr):
            return "refused"
        if outcome.code == clean.code and outcome.stdout == clean.stdout and "not every file" in outcome.stderr:
            return "refused"
        return f"wrong: code {outcome.code}, {outcome.told()}, collected {outcome.collected!r}"

    @staticmethod
    def is_right(outcome, clean, silent=False):
        same = (outcome.code, outcome.stdout, outcome.collected) == (clean.code, clean.stdout, clean.collected)
        return same and (silent or outcome.verdict == clean.verdict)


    def afterwards(self, bench, place, clean, _outcome):
        """What a fault has left in the cache gives the right answer, and nothing is there but entries."""
        if not self.cache:
            return []
        for _ in range(2):
            again = bench.once(self, place, watched=False)
            if not self.is_right(again, clean):
                return [f"after it, with the same cache: code {again.code}, {again.told()}"]
        incoming = os.listdir(os.path.join(place, "cache/sanderling/incoming"))
        return [f"left in the cache: {incoming}"] if incoming else []


def text(path):
    try:
        with open(path, encoding="utf-8", errors="replace") as file:
            return file.read()
    except OSError:
        return None


# A compiler that looks at its own walls, and has the program tell them before the program's own.
LOOKING_COMPILER = r"""
name: looking
display_name: Looking
extensions: [looking]
family: native
package: bash
executables:
  bash:
    candidates: [/usr/bin/bash]
source_name: main.looking
compile:
  steps:
    - - "{executable:bash}"
      - -c
      - seen=$(bash main.looking nothing < /dev/null); echo "echo 'compiled behind $seen'" > main; cat main.looking >> main
run:
  command: ["{executable:bash}", main]
hello:
  source: |
    read -r name && echo "hello, $name"
  stdin: "sanderling\n"
  expected_output: "hello, sanderling\n"
"""

SCENARIOS = [
    Run("plain", BASH + 'echo "$line"\n', []),
    Run(
        "files",
        BASH + 'echo "$line" > out.txt\necho "$line"\nexit 3\n',
        ["--filesystem", "scratch", "--collect", "*.txt", "--network", "loopback"],
        codes=(3,),
        collected="out.txt",
    ),
    Run(
        "memory",
        BASH + 'echo "$line"\nx=xxxxxxxxxxxxxxxx\nwhile :; do x=$x$x; done\n',
        ["--memory", "32MB", "--time", "20s"],
        codes=(137,),
    ),
    Run("compiled", BASH + 'echo "$line"\n', [], language="looking", definition=LOOKING_COMPILER, stages=2),
    Run("compiled and kept", C, [], language="c", cache="empty", stages=2),
    Run("kept", C, [], language="c", cache="filled"),
]
