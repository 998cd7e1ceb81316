"""The reports: a table for people, rows for programs, and the goals with what was measured against them."""

import json
import os
from dataclasses import dataclass, field

import idleness
from bench import Bench
from figures import number
from rows import ROWS

BEGIN, END = "<!-- measured: begin -->", "<!-- measured: end -->"


@dataclass
class Run:
    """A run, with what it was made on."""

    host: dict
    versions: dict
    bench: Bench
    rows: list
    seconds: float = field(default=0.0)

    @property
    def facts(self):
        """The host, and how busy it was."""
        return self.host | {"busy with something else": f"{self.bench.others_share:.0%} of the processors, at most"}

    @property
    def warnings(self):
        """Why the figures are worth less than they look."""
        warnings = []
        if self.bench.is_quick:
            warnings.append("A quick run, of a fifth of the samples: the figures are rough.")
        if (share := self.bench.others_share) > idleness.LIMIT:
            warnings.append(
                f"Something else took up to {share:.0%} of the processors: the figures are not to be published."
            )
        if self.bench.has_failed:
            warnings.append("Not every row could be measured.")
        return warnings

    @property
    def kept(self):
        """The goals, each with its figure."""
        return [figure for figure in self.bench.figures if figure.goal]


def table(header, rows):
    lines = ["| " + " | ".join(header) + " |", "| " + " | ".join("---" for _ in header) + " |"]
    lines += ["| " + " | ".join(str(cell) for cell in row) + " |" for row in rows]
    return "\n".join(lines)


def goal_table(run):
    rows = [(f.row, f.goal.text, f.goal.measured, "pass" if f.goal.passed else "**miss**") for f in run.kept]
    return table(("row", "goal", "measured", ""), rows)


def figure_table(run, row):
    rows, previous = [], None
    for f in run.bench.figures:
        if f.row == row:
            # What was measured is said once for all its subjects.
            metric, previous = "" if f.metric == previous else f.metric, f.metric
            verdict = "" if f.goal is None else "pass" if f.goal.passed else "**miss**"
            percentiles = (number(value) for value in (f.p50, f.p90, f.p99))
            rows.append((metric, f.subject, *percentiles, f.count, number(f.ratio), verdict))
    return table(("metric", "subject", "p50", "p90", "p99", "samples", "ratio", "goal"), rows)


def command_lines(run, row):
    lines = [f"# {program}, {subject}\n{line}" for about, program, subject, line in run.bench.commands if about == row]
    if not lines:
        return []
    return ["<details><summary>Command lines</summary>", "```sh\n" + "\n".join(lines) + "\n```", "</details>"]


def measured(run):
    """What was measured, as Markdown."""
    passed = sum(figure.goal.passed for figure in run.kept)
    parts = [
        f"Measured in {run.seconds:.0f} s on {run.host['date']} at commit {run.host['commit']}: "
        f"{passed} of {len(run.kept)} goals are met.",
        *run.warnings,
        table(("host", ""), [item for item in run.facts.items() if item[0] not in ("date", "commit")]),
        table(("version of", ""), run.versions.items()),
        "### Goals",
        goal_table(run),
    ]
    for row in run.rows:
        parts += [f"### Row {row}: {ROWS[row].TITLE}", ROWS[row].ABOUT, figure_table(run, row)]
        notes = [f"- {text}" for about, text in run.bench.notes if about == row]
        parts += ["\n".join(notes)] if notes else []
        parts += command_lines(run, row)
    return "\n\n".join(parts) + "\n"


def goals(run):
    """The goals and what was measured, for a terminal."""
    lines = [(f"{f.row}", f.goal.text, f.goal.measured, "pass" if f.goal.passed else "MISS") for f in run.kept]
    header = ("row", "goal", "measured", "")
    widths = [max(len(line[column]) for line in [header, *lines]) for column in range(4)]
    text = [" ".join(cell.ljust(width) for cell, width in zip(line, widths)).rstrip() for line in [header, *lines]]
    passed = sum(figure.goal.passed for figure in run.kept)
    return "\n".join(["", *text, "", f"{passed} of {len(run.kept)} goals met", *run.warnings])


def write(run, directory, image):
    """Writes the three reports into `directory`."""
    os.makedirs(directory, exist_ok=True)
    results = {
        "host": run.facts,
        "versions": run.versions,
        "quick": run.bench.is_quick,
        "warnings": run.warnings,
        "rows": [figure.as_row() for figure in run.bench.figures],
        "notes": [{"row": row, "note": text} for row, text in run.bench.notes],
        "commands": [
            {"row": row, "program": program, "subject": subject, "command": line}
            for row, program, subject, line in run.bench.commands
        ],
    }
    title = "# Benchmarks\n\nHow each figure is measured: docs/performance.md.\n\n![p50 of each](benchmarks.svg)\n\n"
    for name, text in {
        "BENCHMARKS.md": title + measured(run),
        "bench-results.json": json.dumps(results, indent=2, ensure_ascii=False) + "\n",
        "benchmarks.svg": image,
    }.items():
        with open(os.path.join(directory, name), "w", encoding="utf-8") as file:
            file.write(text)


def publish(run, page):
    """Replaces what the page says was measured last."""
    with open(page, encoding="utf-8") as file:
        text = file.read()
    before, after = text[: text.index(BEGIN)], text[text.index(END) :]
    with open(page, "w", encoding="utf-8") as file:
        file.write(before + BEGIN + "\n\n" + measured(run) + "\n" + after)
