"""What the rows share: the place, the harness, and what has been measured so far."""

import os
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
        self._failed = []
        # The commands that are started inside the harness: by row, program and subject.
        self.inside = {}
        # The most that others took of the processors before a row.
        self.others_share = 0.0
        # Notes on a row, and the command lines that were compared, each with the row's number.
        self.notes = []
        self.commands = []
        self._row = 0

    def measure(self, rows):
        """Measures rows, given by number: first what happens inside the library, all at once."""
        inside = {number: row for number, row in rows.items() if hasattr(row, "commands")}
        if inside:
            self._attempt(inside, "inside the library", lambda: self._measure_inside(inside))
        for number, row in rows.items():
            if number not in self._failed:
                self._attempt({number: row}, row.TITLE, lambda: self.figures.extend(row.measure(self)))

    @property
    def has_failed(self):
        """Whether a row could not be measured."""
        return bool(self._failed)

    def _measure_inside(self, rows):
        for self._row, row in rows.items():
            self.inside[self._row] = row.commands(self)
        commands = {f"{number} {program}": of for number, row in self.inside.items() for program, of in row.items()}
        self.harness.run(rows, commands)

    def _attempt(self, rows, title, action):
        """Does something for rows; where that fails, the other rows are worth having all the same."""
        self.others_share = max(self.others_share, idleness.others_share())
        self._row, started = max(rows), time.monotonic()
        print(f"== row {', '.join(map(str, rows))}: {title}", file=sys.stderr, flush=True)
        try:
            action()
        except Unmeasurable as problem:
            self._failed += rows
            for number, row in rows.items():
                self._row, goal = number, f"row {number} is measured"
                self.note(f"Not measured: {problem}")
                self.figures.append(Figure.unmeasured(number, "sanderling", row.TITLE, goal, "not measured"))
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
        line = line.replace(self.place.checkout + "/", "").replace(os.path.expanduser("~"), "~")
        self.commands.append((self._row, program, subject, line))
        print(f"   {program}, {subject}: {line}", file=sys.stderr, flush=True)

    def able(self, program, commands, expected=None):
        """Prints the commands, and returns those that work here; bare and Sanderling must."""
        able = {}
        for subject, command in commands.items():
            self.show_command(program, subject, command)
            if reason := failure(command, expected):
                if subject == "bare" or subject.startswith("sanderling"):
                    raise Unmeasurable(f"{command}: {reason}")
                self.note(f"{subject} could not run {program} here: {reason}")
            else:
                able[subject] = command
        return able
