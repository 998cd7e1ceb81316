"""The sync client."""
from __future__ import annotations

import json
import subprocess
import tempfile
import time
from types import TracebackType
from typing import Any, Dict, Iterator, List, Optional, Type

from .connection import Connections
from .errors import ServiceError, UsageError
from .events import Event
from .limits import ExecutionLimits, Number
from .protocol import (
    FINAL_STATES,
    NEEDS_SERVICE,
    Call,
    Target,
    cancelling,
    command_result,
    listing,
    reading,
    removing,
    submission,
)
from .request import Content, Request
from .result import Result, decoded, file_entry, of_execution


class Client:
    """Runs programs by a service or, where none is named, by the `sanderling` command.

    url: the service's address; by default SANDERLING_URL. Empty, or neither: the command.
    key: a key of `sanderling key create`; by default SANDERLING_KEY.
    command: the command's name or path; by default SANDERLING_COMMAND, else `sanderling` on the PATH.
    patience: seconds in which a service that is full (429, 503) is asked again, as it says when.
    timeout: seconds after which a connection that is silent counts as broken; at least 30.

    Safe to share between threads. Raises UsageError, ServiceError and Unavailable, which are all SanderlingError; what a
    program did is in the result.
    """

    def __init__(
        self,
        url: Optional[str] = None,
        key: Optional[str] = None,
        *,
        command: Optional[str] = None,
        patience: float = 30.0,
        timeout: float = 60.0,
    ) -> None:
        target = Target.of(url, key, command, timeout)
        self._patience = patience
        self._connections = Connections(target, timeout) if target.address else None
        self._command = target.command

    def __enter__(self) -> "Client":
        return self

    def __exit__(
        self,
        kind: Optional[Type[BaseException]],
        error: Optional[BaseException],
        trace: Optional[TracebackType],
    ) -> None:
        self.close()

    def close(self) -> None:
        """Closes the connections."""
        if self._connections:
            self._connections.close()

    def execute(self, request: Request) -> Result:
        """Runs a program to its end."""
        if self._connections is None:
            return self._by_command(request)
        execution = self._ask(submission(request, waits=True))
        while execution["state"] not in FINAL_STATES:
            execution = self._ask(reading(execution["id"], waits=True))
        return of_execution(execution, request)

    def execute_code(
        self,
        language: str,
        code: Content,
        stdin: Optional[Content] = None,
        timeout: Optional[Number] = None,
        session_id: Optional[str] = None,
    ) -> Result:
        """Runs a program to its end; ``Request`` describes the arguments."""
        return self.execute(Request(language, code, stdin, timeout, session_id))

    def execute_with_limits(
        self,
        language: str,
        code: Content,
        limits: Optional[ExecutionLimits] = None,
        stdin: Optional[Content] = None,
        session_id: Optional[str] = None,
    ) -> Result:
        """Runs a program within ``limits``, by default ``ExecutionLimits()``."""
        return self.execute(Request(language, code, stdin, None, session_id, limits or ExecutionLimits()))

    def stream(self, request: Request) -> Iterator[Event]:
        """Runs a program and tells what it does as it does it; the last event, ``ended``, has the result.

        The program goes on when the iteration is left: ``cancel`` ends it. Needs a service.
        """
        return self._service("streaming").events(submission(request, events=True), request)

    def submit(self, request: Request) -> str:
        """Brings a program and returns its id at once, for ``result``. Needs a service."""
        self._service("submit")
        return str(self._ask(submission(request))["id"])

    def result(self, id: str) -> Result:
        """What became of a program that was submitted, once it is over. Needs a service."""
        self._service("result")
        while True:
            execution = self._ask(reading(id, waits=True))
            if execution["state"] in FINAL_STATES:
                return of_execution(execution)

    def cancel(self, id: str) -> None:
        """Kills a program, or lets one that waits never run; one that is over stays as it is. Needs a service."""
        self._service("cancel")
        self._ask(cancelling(id))

    def remove(self, id: str) -> None:
        """Removes what is kept of a program that is over. Needs a service."""
        self._service("remove")
        self._ask(removing(id))

    def executions(self, session_id: Optional[str] = None, state: Optional[str] = None) -> Iterator[Dict[str, Any]]:
        """One's own executions in short, the latest first, of one session or all. Needs a service."""
        self._service("executions")
        before: Optional[str] = None
        while True:
            page = self._ask(listing(session_id, state, before))
            yield from page["executions"]
            before = page["next"]
            if before is None:
                return

    def languages(self) -> List[Dict[str, Any]]:
        """The languages, with what the host has of them."""
        if self._connections is None:
            output = subprocess.run(
                [*self._command, "languages", "--format", "json"], stdout=subprocess.PIPE, check=True
            ).stdout
            return list(json.loads(output))
        return list(self._ask(Call("GET", "/v1/languages"))["languages"])

    def read_file(self, result: Result, path: str) -> bytes:
        """The bytes of a file that ``collect`` brought out."""
        entry = file_entry(result, path)
        if "content" in entry:
            return decoded(entry["content"], entry["encoding"])
        answer = self._service("read_file").ask(Call("GET", entry["url"]))
        if answer.status >= 400:
            answer.json()
        return answer.body

    def _service(self, what: str) -> Connections:
        if self._connections is None:
            raise UsageError(f"{what} {NEEDS_SERVICE}")
        return self._connections

    def _ask(self, call: Call) -> Any:
        deadline = time.monotonic() + self._patience
        while True:
            try:
                return self._service("this").ask(call).json()
            except ServiceError as error:
                if error.retry_after is None or time.monotonic() + error.retry_after > deadline:
                    raise
                time.sleep(error.retry_after)

    def _by_command(self, request: Request) -> Result:
        with tempfile.TemporaryDirectory(prefix="sanderling-") as directory:
            done = subprocess.run(
                [*self._command, *request.arguments(directory)],
                input=request.source,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                check=False,
            )
        return command_result(request, done.returncode, done.stdout, done.stderr)
