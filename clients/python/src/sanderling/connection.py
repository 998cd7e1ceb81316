"""HTTP for the sync client."""
from __future__ import annotations

import contextlib
import http.client
import threading
from typing import Iterator, List, Mapping

from .errors import Unavailable
from .events import Event, EventReader
from .protocol import Answer, Call, Target, problem
from .request import Request

BROKEN = (ConnectionError, http.client.HTTPException)


class Connections:
    """Connections to one service, kept open for the next call; safe to share between threads."""

    def __init__(self, target: Target, timeout: float) -> None:
        assert target.address is not None
        self._address = target.address
        self._headers = target.headers
        self._timeout = timeout
        self._lock = threading.Lock()
        self._idle: List[http.client.HTTPConnection] = []

    def ask(self, call: Call) -> Answer:
        """The answer to a call."""
        with self._answering(call) as answer:
            return Answer(answer.status, _lowered(answer), answer.read())

    def events(self, call: Call, request: Request) -> Iterator[Event]:
        """The events that a call is answered with."""
        with self._answering(call) as answer:
            if answer.status >= 400:
                raise problem(Answer(answer.status, _lowered(answer), answer.read()))
            reader = EventReader(request)
            while line := answer.readline():
                yield from reader.feed(line.decode().rstrip("\r\n"))

    def close(self) -> None:
        """Closes the connections that are open and idle."""
        with self._lock:
            idle, self._idle = self._idle, []
        for connection in idle:
            connection.close()

    @contextlib.contextmanager
    def _answering(self, call: Call) -> Iterator[http.client.HTTPResponse]:
        with self._lock:
            connection = self._idle.pop() if self._idle else None
        answer = None
        if connection is not None:
            # The service closes a connection that is idle for too long, which shows only now. The second time is the
            # same to the service: what brings a program has its key.
            try:
                answer = self._send(connection, call)
            except BROKEN:
                connection.close()
        if answer is None:
            connection = self._connect()
            try:
                answer = self._send(connection, call)
            except (OSError, http.client.HTTPException) as error:
                connection.close()
                raise Unavailable(f"{self._address.authority}: {error or type(error).__name__}") from error
        assert connection is not None
        try:
            yield answer
        except (OSError, http.client.HTTPException) as error:
            raise Unavailable(f"{self._address.authority}: the answer broke off: {error}") from error
        finally:
            if answer.isclosed() and not answer.will_close:
                with self._lock:
                    self._idle.append(connection)
            else:
                connection.close()

    def _connect(self) -> http.client.HTTPConnection:
        if self._address.scheme == "https":
            return http.client.HTTPSConnection(self._address.host, self._address.port, timeout=self._timeout)
        return http.client.HTTPConnection(self._address.host, self._address.port, timeout=self._timeout)

    def _send(self, connection: http.client.HTTPConnection, call: Call) -> http.client.HTTPResponse:
        connection.request(
            call.method, self._address.prefix + call.path, call.body, {**self._headers, **call.headers}
        )
        return connection.getresponse()


def _lowered(answer: http.client.HTTPResponse) -> Mapping[str, str]:
    return {name.lower(): value for name, value in answer.getheaders()}
