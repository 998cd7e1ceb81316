"""What is the same for the sync and the async client: addresses, headers, and how answers are read."""
from __future__ import annotations

import json
import os
import shutil
import uuid
from dataclasses import dataclass, field
from typing import Any, Dict, List, Mapping, Optional
from urllib.parse import quote, urlencode, urlsplit

from .errors import USAGE_CODES, SanderlingError, ServiceError, Unavailable, UsageError
from .request import Request
from .result import Result, of_record

# How long one request waits for a program; it is asked again until the program is over.
WAIT = "20s"
# Seconds; a connection that is only waiting must not count as broken.
LEAST_TIMEOUT = 30
NEEDS_SERVICE = "needs a service: set SANDERLING_URL, or give the client a url"
FINAL_STATES = {"finished", "cancelled", "interrupted", "refused"}


@dataclass(frozen=True)
class Answer:
    """An HTTP answer that has come whole."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    def json(self) -> Any:
        """The body, or the problem that it is raised as an exception."""
        if self.status >= 400:
            raise problem(self)
        try:
            return json.loads(self.body) if self.body else None
        except ValueError:
            raise SanderlingError("the answer is not JSON: is the URL that of a Sanderling service?") from None


def problem(answer: Answer) -> SanderlingError:
    """The exception for an answer that says no."""
    try:
        value = json.loads(answer.body)
        code, detail, mend = str(value["code"]), str(value["detail"]), value.get("mend")
    except (ValueError, KeyError, TypeError):
        code, detail, mend = "unknown", f"the service answered {answer.status} without saying why", None
    if code in USAGE_CODES:
        return UsageError(f"{detail}; {mend}" if mend else detail)
    delay = answer.headers.get("retry-after", "")
    return ServiceError(answer.status, code, detail, mend, float(delay) if delay.isdigit() else None)


@dataclass(frozen=True)
class Address:
    """Where the service is."""

    scheme: str
    host: str
    port: int
    prefix: str

    @classmethod
    def of(cls, url: str) -> "Address":
        """The parts of a URL such as http://127.0.0.1:8080."""
        parts = urlsplit(url)
        try:
            port = parts.port
        except ValueError:
            raise UsageError(f"url: {url!r} has no valid port") from None
        if parts.scheme not in ("http", "https") or not parts.hostname or parts.username is not None or parts.query:
            raise UsageError(f"url: {url!r} is not the address of a service, such as http://127.0.0.1:8080")
        standard = 443 if parts.scheme == "https" else 80
        return cls(parts.scheme, parts.hostname, port or standard, parts.path.rstrip("/"))

    @property
    def authority(self) -> str:
        """The value of the Host field."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{host}:{self.port}"


@dataclass(frozen=True)
class Target:
    """What runs the programs: a service, or the command where there is none."""

    address: Optional[Address]
    headers: Mapping[str, str]
    command: List[str]

    @classmethod
    def of(cls, url: Optional[str], key: Optional[str], command: Optional[str], timeout: float) -> "Target":
        """What the arguments name or, where they are None, the environment."""
        if timeout < LEAST_TIMEOUT:
            raise UsageError(
                f"timeout: {timeout:g} s; a request waits up to {WAIT} for a program, so give {LEAST_TIMEOUT} or more"
            )
        url = os.environ.get("SANDERLING_URL", "") if url is None else url
        if not url:
            return cls(None, {}, find_command(command))
        key = os.environ.get("SANDERLING_KEY") if key is None else key
        if key and not (key.isascii() and key.isprintable()):
            raise UsageError("key: it holds what no key does; is there a line break at its end?")
        return cls(Address.of(url), {"Authorization": f"Bearer {key}"} if key else {}, [])


@dataclass(frozen=True)
class Call:
    """One request to the service."""

    method: str
    path: str
    body: Optional[bytes] = None
    headers: Mapping[str, str] = field(default_factory=dict)


def submission(request: Request, waits: bool = False, events: bool = False) -> Call:
    """Brings a program. The key makes it safe to send the same once more when a connection broke."""
    headers = {"Content-Type": "application/json", "Idempotency-Key": str(uuid.uuid4())}
    if events:
        headers["Accept"] = "text/event-stream"
    path = f"/v1/executions?wait={WAIT}" if waits else "/v1/executions"
    return Call("POST", path, json.dumps(request.body()).encode(), headers)


def reading(id: str, waits: bool = False) -> Call:
    """Asks for an execution."""
    return Call("GET", f"/v1/executions/{quote(id, safe='')}" + (f"?wait={WAIT}" if waits else ""))


def cancelling(id: str) -> Call:
    """Kills a program, or lets it never run."""
    return Call("POST", f"/v1/executions/{quote(id, safe='')}/cancel")


def removing(id: str) -> Call:
    """Removes an execution that is over."""
    return Call("DELETE", f"/v1/executions/{quote(id, safe='')}")


def listing(session_id: Optional[str], state: Optional[str], before: Optional[str]) -> Call:
    """Asks for a page of executions."""
    query = {"label": session_id, "state": state, "before": before, "limit": "200"}
    return Call("GET", "/v1/executions?" + urlencode({name: one for name, one in query.items() if one is not None}))


def find_command(command: Optional[str]) -> List[str]:
    """The command to drive: the one named, that of SANDERLING_COMMAND, or `sanderling` on the PATH."""
    named = command or os.environ.get("SANDERLING_COMMAND") or "sanderling"
    found = shutil.which(named)
    if found is None:
        raise Unavailable(
            f"there is no service and no command {named!r}: set SANDERLING_URL to a service's address, "
            "or install the command and put it on the PATH"
        )
    return [found]


def command_result(request: Request, code: int, output: bytes, diagnostics: bytes) -> Result:
    """The result in what the command printed."""
    told = diagnostics.decode(errors="replace").strip()
    if output:
        record = json.loads(output)
        if (record.get("evidence") or {}).get("value") == "language_not_installed":
            raise UsageError(record["error_message"])
        return of_record(record, request)
    if code == 64:
        raise UsageError(told.replace("Error: ", "").replace("sanderling: ", "") or "the command refused its arguments")
    raise SanderlingError(told or f"the command ended with {code} and printed nothing")
