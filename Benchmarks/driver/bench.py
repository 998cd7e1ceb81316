"""What the rows share: the place, the harness, and what has been measured so far."""

import sys
import time

import idleness
from command import failure
from figures import Figure, Unmeasurable


class Bench:
    """One run of the benchmark."""

    def __init__(self, place, harness, is_quick):
        self.place = place
        self.harness = harness
        self.is_quick = is_quick
        self.figures = []
        self.has_failed = False
        # The most that others took of the processors before a row.
        self.others_share = 0.0
        # Notes on a row, and the command lines that were compared, each with the row's number.
        self.notes = []
        self.commands = []
        self._row = 0

    def measure(self, number, row):
        """Measures one row."""
        self._row = number
        self.others_share = max(self.others_share, idleness.others_share())
        started = time.monotonic()
        print(f"== row {number}: {row.TITLE}", file=sys.stderr, flush=True)
        try:
            self.figures += row.measure(self)
        except Unmeasurable as problem:
            # The other rows are worth having all the same.
            goal = f"row {number} is measured"
            self.figures.append(Figure.unmeasured(number, "sanderling", row.TITLE, goal, f"failed: {problem}"))
            self.has_failed = True
            print(f"   failed: {problem}", file=sys.stderr)
        print(f"   {time.monotonic() - started:.0f} s", file=sys.stderr, flush=True)

    def count(self, full):
        """`full`, or a fifth of it for a rough answer."""
        return max(1, full // 5) if self.is_quick else full

    def note(self, text):
        """Says something beside the row's figures."""
        self.notes.append((self._row, text))
        print(f"   {text}", file=sys.stderr, flush=True)

    def show_command(self, program, subject, command):
        """Prints a command line that is measured, and keeps it for the report."""
        line = str(command).replace(self.place.programs, "$PROGRAMS").replace(self.place.directory, "$WORK")
        line = line.replace(self.place.checkout + "/", "")
        self.commands.append((self._row, program, subject, line))
        print(f"   {program}, {subject}: {line}", file=sys.stderr, flush=True)

    def able(self, program, commands, expected=None):
        """Prints the commands, and returns those that work here; bare and Sanderling must."""
        able = {}
        for subject, command in commands.items():
            self.show_command(program, subject, command)
            if reason := failure(command, expected):
                if subject in ("bare", "sanderling"):
                    raise Unmeasurable(f"{command}: {reason}")
                self.note(f"{subject} could not run {program} here: {reason}")
            else:
                able[subject] = command
        return able
