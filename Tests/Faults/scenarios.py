"""What is run, and what has to come of it."""

import json
import os
import re

from looking import BASH, C, PYTHON
from serving import Serve

# What libraries say before they end the process.
LIBRARIES = r"Unable to obtain Swift runtime path|error while loading shared libraries|out of memory|Cannot allocate memory|NIO\w+/.*Fatal error: .*errno"
# A message of Sanderling's that says what failed.
SAYS = re.compile(r"^sanderling: \S.*\S", re.M)
MISTAKE = re.compile(r"batch\.json:\d+:\d+: .*(unknown language|\.yaml|cannot be read: )")
# How the host looks at a language's files. What it finds is good for a second, in which a whole batch may run.
LOOKING = set("newfstatat stat access readlink openat".split())


class Run:
    """One `sanderling run`.

    `cache` is what the cache holds before it: None where it is not used, "empty", or "filled" by a clean run. `stages` is how
    many there are, of which one alone tells that the cache was used. `part` is the executable, beside the whole command.
    """

    patience = 40
    # Of a time that is spread over several, how much this one gets beside the others.
    weight = 1
    # Whether a library that it needs has threads of its own.
    threads = False

    def __init__(self, name, code, options, codes=(0,), collected=None, language="bash", cache=None, definition=None, stages=1, part=None):
        self.name, self.code, self.options, self.codes, self.collected = name, code, options, codes, collected
        self.language, self.cache, self.definition, self.stages, self.part = language, cache, definition, stages, part

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


class Batch(Run):
    """A batch of the same program again and again, one after the other, so that the later ones find an interpreter parked."""

    weight = 3

    def __init__(self, name, samples, language, roles):
        super().__init__(name, "", [], language=language)
        self.samples, self.roles = samples, roles

    def arguments(self, place):
        report = os.path.join(place, "report.json")
        return ["batch", os.path.join(place, "batch.json"), "--jobs", "1", "--no-cache", "--quiet", "--output", report]

    def prepare(self, place):
        samples = [{"description": str(number), "language": self.language, "code": code} for number, code in enumerate(self.samples)]
        with open(os.path.join(place, "batch.json"), "w", encoding="ascii") as file:
            json.dump({"execution": {"default_timeout": 20, "code_samples": samples}}, file)

    def complete(self, outcome, place):
        report = text(os.path.join(place, "report.json"))
        outcome.results = json.loads(report)["results"] if report else None

    def is_fit(self, clean):
        roles = {role for role, _ in clean.counts}
        right = clean.results and all(one["verdict"] == "ok" and "walls" in one["stdout"] for one in clean.results)
        return clean.code == 0 and right and len({one["stdout"] for one in clean.results}) == 1 and self.roles <= roles

    def word(self, outcome, clean, silent):
        if outcome.results is None:
            # Of definitions that cannot be read the mistakes tell, with their place in the batch file.
            said = SAYS.search(outcome.stderr) or MISTAKE.search(outcome.stderr)
            return "refused" if said and outcome.code in (2, 64, 125) else f"wrong: no report, code {outcome.code}, {outcome.told()}"
        refused = 0
        for one, expected in zip(outcome.results, clean.results, strict=True):
            if one["verdict"] == "internal_error" and one["stdout"] == "" and one["error_message"]:
                refused += 1
            elif (one["verdict"], one["stdout"], one["stderr"]) != ("ok", expected["stdout"], ""):
                told = {key: one[key] for key in ("verdict", "stdout", "stderr", "error_message")}
                return f"wrong: sample {one['index']}: {told}, not {expected['stdout']!r}, {outcome.told()}"
        # One call failed, and so at most what one program needed; those after it must fare as if it had not.
        if refused > 1 and not (outcome.fault[0] == "host" and outcome.fault[1] in LOOKING):
            return f"wrong: {refused} samples were refused: {[one['error_message'] for one in outcome.results]}"
        if outcome.code == (1 if refused else 0):
            return "refused" if refused else "right"
        if outcome.code == 125 and SAYS.search(outcome.stderr):
            return "refused"
        return f"wrong: code {outcome.code}, {outcome.told()}"

    @staticmethod
    def is_right(outcome, clean, silent=False):
        printed = [[one["stdout"] for one in run.results or []] for run in (outcome, clean)]
        return outcome.code == clean.code and printed[0] == printed[1]


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
      - seen=$(echo | bash main.looking nothing); echo "echo 'compiled behind $seen'" > main; cat main.looking >> main
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
    Run("direct", BASH + 'echo "$line"\n', [], cache="filled", part="sanderling-run"),
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
    Run("compiled and kept", C, [], language="c", cache="empty", stages=2, part="sanderling-run"),
    Run("kept", C, [], language="c", cache="filled", part="sanderling-run"),
    Batch(
        "interpreters",
        # The third and fourth wait until the second, which nothing was ready for, has had the keepers make something ready.
        [PYTHON + "print(*line)\n", PYTHON + "print(*line, flush=True)\nimport time\ntime.sleep(0.4)\n", *[PYTHON + "print(*line)\n"] * 2],
        "python",
        {"zygote", "hooks", "rehearsal", "copy's parent", "copy"},
    ),
    Serve("service"),
]
