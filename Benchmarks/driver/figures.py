"""What is measured: figures, their percentiles and the goals they are held against."""

from dataclasses import dataclass


class Unmeasurable(Exception):
    """A row that could not be measured here and now, and why."""


def percentile(samples, share):
    """The smallest sample that so large a share of all does not exceed (nearest rank)."""
    ordered = sorted(samples)
    rank = -(-len(ordered) * share // 100)
    return ordered[max(0, int(rank) - 1)]


def number(value):
    """Three digits that count, without an exponent."""
    if value is None:
        return ""
    if value == 0 or abs(value) >= 100:
        return f"{value:.0f}"
    return f"{value:.{2 if abs(value) >= 1 else 3}f}"


@dataclass(frozen=True)
class Goal:
    """What a figure should be, what it is held against it, and whether it is."""

    text: str
    measured: str
    passed: bool


@dataclass(frozen=True)
class Figure:
    """One subject's percentiles of one quantity; `metric` ends in the unit."""

    row: int
    subject: str
    metric: str
    p50: float | None
    p90: float | None
    p99: float | None
    count: int
    ratio: float | None = None
    goal: Goal | None = None

    @classmethod
    def of(cls, row, subject, metric, samples, ratio=None, goal=None, is_rate=False):
        """The figure of some samples, of which there must be one at least.

        Of a rate, of which more is better, p90 is what 90 % of the samples reach.
        """
        if not samples:
            raise ValueError(f"row {row}, {subject}: no sample of '{metric}'")
        shares = (50, 10, 1) if is_rate else (50, 90, 99)
        return cls(row, subject, metric, *(percentile(samples, share) for share in shares), len(samples), ratio, goal)

    @classmethod
    def unmeasured(cls, row, subject, metric, goal_text, reason):
        """A figure that has a goal but cannot be measured yet: a miss, with the reason."""
        return cls(row, subject, metric, None, None, None, 0, None, Goal(goal_text, reason, False))

    def as_row(self):
        """The figure as `bench-results.json` has it."""
        return {
            "row": self.row,
            "subject": self.subject,
            "metric": self.metric,
            "p50": self.p50,
            "p90": self.p90,
            "p99": self.p99,
            "ratio": self.ratio,
            "goal": self.goal.text if self.goal else None,
            "pass": self.goal.passed if self.goal else None,
        }


def at_most(text, measured, limit, unit="", digits=2):
    """A goal that `measured` may not exceed."""
    shown = f"{measured:.{digits}f}{unit}, limit {limit:.{digits}f}{unit}"
    return Goal(text, shown, measured <= limit)


def at_least(text, measured, limit, unit="", digits=2):
    """A goal that `measured` must reach."""
    shown = f"{measured:.{digits}f}{unit}, limit {limit:.{digits}f}{unit}"
    return Goal(text, shown, measured >= limit)
