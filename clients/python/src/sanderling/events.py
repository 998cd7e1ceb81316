"""What a program does, as it does it."""
from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any, Dict, Iterator, List, Optional

from .request import Request
from .result import Result, decoded, of_execution


@dataclass(frozen=True)
class Event:
    """One event: ``queued``, ``started``, ``stdout``, ``stderr`` and, last, ``ended``."""

    kind: str
    #: The bytes of ``stdout`` and ``stderr``.
    data: bytes = b""
    #: The stage of ``started``: ``compile`` or ``run``.
    stage: Optional[str] = None
    #: The execution that ``queued`` names.
    id: Optional[str] = None
    #: The result of ``ended``.
    result: Optional[Result] = None

    @property
    def text(self) -> str:
        """``data`` as text; what is no UTF-8 shows as replacement characters."""
        return self.data.decode(errors="replace")


class EventReader:
    """Takes the lines of a server-sent event stream (WHATWG HTML, section 9.2), and gives events."""

    def __init__(self, request: Request) -> None:
        self._request = request
        self._kind = ""
        self._data: List[str] = []

    def feed(self, line: str) -> Iterator[Event]:
        """The event that ``line``, without its end, completes, if any."""
        if line:
            field, _, value = line.partition(":")
            value = value[1:] if value.startswith(" ") else value
            if field == "event":
                self._kind = value
            elif field == "data":
                self._data.append(value)
            return
        if self._data:
            yield self._event(self._kind, json.loads("\n".join(self._data)))
        self._kind, self._data = "", []

    def _event(self, kind: str, value: Dict[str, Any]) -> Event:
        if kind in ("stdout", "stderr"):
            return Event(kind, data=decoded(value["data"], value["encoding"]))
        if kind == "ended":
            return Event(kind, id=value["id"], result=of_execution(value, self._request))
        return Event(kind, stage=value.get("stage"), id=value.get("id"))
