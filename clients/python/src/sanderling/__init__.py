"""Runs code nobody vouches for through Sanderling: its service where SANDERLING_URL names one, else its command."""
from __future__ import annotations

import atexit
import functools
import os
from typing import Iterator, Optional

from .async_client import AsyncClient
from .client import Client
from .errors import SanderlingError, ServiceError, Unavailable, UsageError
from .events import Event
from .limits import ExecutionLimits, Number
from .request import Content, Request
from .result import Result, output_bytes

__all__ = [
    "AsyncClient",
    "Client",
    "Event",
    "ExecutionLimits",
    "Request",
    "Result",
    "SanderlingError",
    "ServiceError",
    "Unavailable",
    "UsageError",
    "execute_code",
    "execute_with_limits",
    "output_bytes",
    "stream_code",
]


def execute_code(
    language: str,
    code: Content,
    stdin: Optional[Content] = None,
    timeout: Optional[Number] = None,
    session_id: Optional[str] = None,
) -> Result:
    """Runs a program to its end; ``Request`` describes the arguments.

    What the program does wrong is in the dict; UsageError, ServiceError and Unavailable say that the call failed.
    """
    return _client().execute_code(language, code, stdin, timeout, session_id)


def execute_with_limits(
    language: str,
    code: Content,
    limits: Optional[ExecutionLimits] = None,
    stdin: Optional[Content] = None,
    session_id: Optional[str] = None,
) -> Result:
    """Runs a program within ``limits``, by default ``ExecutionLimits()``."""
    return _client().execute_with_limits(language, code, limits, stdin, session_id)


def stream_code(
    language: str,
    code: Content,
    stdin: Optional[Content] = None,
    timeout: Optional[Number] = None,
    session_id: Optional[str] = None,
) -> Iterator[Event]:
    """Runs a program and tells what it does as it does it. Needs a service."""
    return _client().stream(Request(language, code, stdin, timeout, session_id))


def _client() -> Client:
    return _shared(*(os.environ.get(f"SANDERLING_{name}") for name in ("URL", "KEY", "COMMAND")))


@functools.lru_cache(maxsize=8)
def _shared(url: Optional[str], key: Optional[str], command: Optional[str]) -> Client:
    client = Client(url or "", key, command=command)
    atexit.register(client.close)
    return client
