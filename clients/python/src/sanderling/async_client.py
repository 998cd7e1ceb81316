"""The async client: the same as the sync one, with await."""
from __future__ import annotations

import asyncio
import json
import tempfile
import time
from types import TracebackType
from typing import Any, AsyncIterator, Dict, List, Optional, Type

from .async_connection import AsyncConnections
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


class AsyncClient:
    """Runs programs as ``Client`` does, whose arguments and errors it has; every call has a connection of its own.

    A call that is cancelled ends the command it drives; a program that the service has taken goes on.
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
        self._connections = AsyncConnections(target, timeout) if target.address else None
        self._command = target.command

    async def __aenter__(self) -> "AsyncClient":
        return self

    async def __aexit__(
        self,
        kind: Optional[Type[BaseException]],
        error: Optional[BaseException],
        trace: Optional[TracebackType],
    ) -> None:
        """Nothing is left open between calls."""

    async def execute(self, request: Request) -> Result:
        """Runs a program to its end."""
        if self._connections is None:
            return await self._by_command(request)
        execution = await self._ask(submission(request, waits=True))
        while execution["state"] not in FINAL_STATES:
            execution = await self._ask(reading(execution["id"], waits=True))
        return of_execution(execution, request)

    async def execute_code(
        self,
        language: str,
        code: Content,
        stdin: Optional[Content] = None,
        timeout: Optional[Number] = None,
        session_id: Optional[str] = None,
    ) -> Result:
        """Runs a program to its end; ``Request`` describes the arguments."""
        return await self.execute(Request(language, code, stdin, timeout, session_id))

    async def execute_with_limits(
        self,
        language: str,
        code: Content,
        limits: Optional[ExecutionLimits] = None,
        stdin: Optional[Content] = None,
        session_id: Optional[str] = None,
    ) -> Result:
        """Runs a program within ``limits``, by default ``ExecutionLimits()``."""
        return await self.execute(Request(language, code, stdin, None, session_id, limits or ExecutionLimits()))

    def stream(self, request: Request) -> AsyncIterator[Event]:
        """Runs a program and tells what it does as it does it; the last event, ``ended``, has the result.

        The program goes on when the iteration is left: ``cancel`` ends it. Needs a service.
        """
        return self._service("streaming").events(submission(request, events=True), request)

    async def submit(self, request: Request) -> str:
        """Brings a program and returns its id at once, for ``result``. Needs a service."""
        self._service("submit")
        return str((await self._ask(submission(request)))["id"])

    async def result(self, id: str) -> Result:
        """What became of a program that was submitted, once it is over. Needs a service."""
        self._service("result")
        while True:
            execution = await self._ask(reading(id, waits=True))
            if execution["state"] in FINAL_STATES:
                return of_execution(execution)

    async def cancel(self, id: str) -> None:
        """Kills a program, or lets one that waits never run; one that is over stays as it is. Needs a service."""
        self._service("cancel")
        await self._ask(cancelling(id))

    async def remove(self, id: str) -> None:
        """Removes what is kept of a program that is over. Needs a service."""
        self._service("remove")
        await self._ask(removing(id))

    async def executions(
        self, session_id: Optional[str] = None, state: Optional[str] = None
    ) -> AsyncIterator[Dict[str, Any]]:
        """One's own executions in short, the latest first, of one session or all. Needs a service."""
        self._service("executions")
        before: Optional[str] = None
        while True:
            page = await self._ask(listing(session_id, state, before))
            for execution in page["executions"]:
                yield execution
            before = page["next"]
            if before is None:
                return

    async def languages(self) -> List[Dict[str, Any]]:
        """The languages, with what the host has of them."""
        if self._connections is None:
            _, output, _ = await self._run(["languages", "--format", "json"], b"")
            return list(json.loads(output))
        return list((await self._ask(Call("GET", "/v1/languages")))["languages"])

    async def read_file(self, result: Result, path: str) -> bytes:
        """The bytes of a file that ``collect`` brought out."""
        entry = file_entry(result, path)
        if "content" in entry:
            return decoded(entry["content"], entry["encoding"])
        answer = await self._service("read_file").ask(Call("GET", entry["url"]))
        if answer.status >= 400:
            answer.json()
        return answer.body

    def _service(self, what: str) -> AsyncConnections:
        if self._connections is None:
            raise UsageError(f"{what} {NEEDS_SERVICE}")
        return self._connections

    async def _ask(self, call: Call) -> Any:
        deadline = time.monotonic() + self._patience
        while True:
            try:
                return (await self._service("this").ask(call)).json()
            except ServiceError as error:
                if error.retry_after is None or time.monotonic() + error.retry_after > deadline:
                    raise
                await asyncio.sleep(error.retry_after)

    async def _by_command(self, request: Request) -> Result:
        with tempfile.TemporaryDirectory(prefix="sanderling-") as directory:
            code, output, diagnostics = await self._run(request.arguments(directory), request.source)
        return command_result(request, code, output, diagnostics)

    async def _run(self, arguments: List[str], source: bytes) -> "tuple[int, bytes, bytes]":
        process = await asyncio.create_subprocess_exec(
            *self._command,
            *arguments,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
        )
        try:
            output, diagnostics = await process.communicate(source)
        except BaseException:
            # SIGTERM lets the command end its sandbox.
            if process.returncode is None:
                process.terminate()
                await process.wait()
            raise
        return process.returncode or 0, output, diagnostics
