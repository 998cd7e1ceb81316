"""Ceilings of one program."""
from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any, Dict, List, Union

from .errors import UsageError

Number = Union[int, float]

# A character has at most four bytes in UTF-8.
BYTES_PER_CHARACTER = 4


def checked(name: str, value: Any, least: float, most: float, unit: str) -> Number:
    """The value, when it is a number from ``least`` to ``most``; no value means "no limit"."""
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise UsageError(f"{name}: {value!r} is not a number of {unit}")
    if not math.isfinite(value) or not least <= value <= most:
        raise UsageError(f"{name}: {value!r} is not within {least:g} and {most:g} {unit}; no value means 'no limit'")
    return value


@dataclass(frozen=True)
class ExecutionLimits:
    """What one program may take.

    time_limit: real time in seconds, 0.001 to 86400.
    memory_limit: resident memory of all its processes in MB (10^6 bytes), 1 to 1099511.
    cpu_limit: processor time at once in units of one CPU, 0.01 to 1024: 0.5 is half of one.
    max_output_chars: characters kept of each output stream, 1 to 268435456. The rest is dropped and the program runs on.

    Raises UsageError (a ValueError) for a value outside of these, NaN, a truth value, or no number at all.
    """

    time_limit: Number = 30
    memory_limit: Number = 256
    cpu_limit: Number = 0.5
    max_output_chars: int = 100_000

    def __post_init__(self) -> None:
        checked("time_limit", self.time_limit, 0.001, 86_400, "seconds")
        checked("memory_limit", self.memory_limit, 1, 1_099_511, "MB")
        checked("cpu_limit", self.cpu_limit, 0.01, 1024, "processors")
        checked("max_output_chars", self.max_output_chars, 1, 2**28, "characters")
        if not isinstance(self.max_output_chars, int):
            raise UsageError(f"max_output_chars: {self.max_output_chars!r} is not a whole number of characters")

    def body(self) -> Dict[str, Any]:
        """The limits as the service takes them: seconds and bytes."""
        return {
            "wall_time": self.time_limit,
            "memory": round(self.memory_limit * 1_000_000),
            "cpu_share": self.cpu_limit,
            "output": self.max_output_chars * BYTES_PER_CHARACTER,
            "output_overflow": "truncate",
        }

    def options(self) -> List[str]:
        """The limits as the command takes them."""
        return [
            f"--time={round(self.time_limit * 1000)}ms",
            f"--memory={round(self.memory_limit * 1_000_000)}",
            f"--cpus={self.cpu_limit * 100:g}%",
            f"--output-limit={self.max_output_chars * BYTES_PER_CHARACTER}",
            "--output-overflow=truncate",
        ]
