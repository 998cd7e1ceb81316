"""HTTP for the async client, over asyncio's streams: one connection a call, which ends with it."""
from __future__ import annotations

import asyncio
import ssl
from typing import AsyncIterator, Awaitable, Dict, Tuple, TypeVar

from .errors import Unavailable
from .events import Event, EventReader
from .protocol import Answer, Call, Target, problem
from .request import Request

# The longest line of an answer: an `ended` event holds a whole result, in one line.
LONGEST_LINE = 2**30

T = TypeVar("T")


class AsyncConnections:
    """Calls to one service. Cancelling one closes its connection."""

    def __init__(self, target: Target, timeout: float) -> None:
        assert target.address is not None
        self._address = target.address
        self._headers = target.headers
        self._timeout = timeout

    async def ask(self, call: Call) -> Answer:
        """The answer to a call."""
        reader, writer = await self._send(call)
        try:
            status, headers = await self._head(reader)
            body = b"".join([piece async for piece in self._body(reader, headers)])
            return Answer(status, headers, body)
        finally:
            writer.close()

    async def events(self, call: Call, request: Request) -> AsyncIterator[Event]:
        """The events that a call is answered with."""
        reader, writer = await self._send(call)
        try:
            status, headers = await self._head(reader)
            if status >= 400:
                body = b"".join([piece async for piece in self._body(reader, headers)])
                raise problem(Answer(status, headers, body))
            events, rest = EventReader(request), bytearray()
            async for piece in self._body(reader, headers):
                rest += piece
                if b"\n" not in piece:
                    continue
                *lines, last = bytes(rest).split(b"\n")
                rest = bytearray(last)
                for line in lines:
                    for event in events.feed(line.decode().rstrip("\r")):
                        yield event
        finally:
            writer.close()

    async def _send(self, call: Call) -> Tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        secure = ssl.create_default_context() if self._address.scheme == "https" else None
        try:
            reader, writer = await self._within(
                asyncio.open_connection(self._address.host, self._address.port, ssl=secure, limit=LONGEST_LINE)
            )
        except OSError as error:
            raise Unavailable(f"{self._address.authority}: {error}") from error
        headers = {
            "Host": self._address.authority,
            "Connection": "close",
            "Content-Length": str(len(call.body or b"")),
            **self._headers,
            **call.headers,
        }
        head = f"{call.method} {self._address.prefix}{call.path} HTTP/1.1\r\n"
        head += "".join(f"{name}: {value}\r\n" for name, value in headers.items())
        writer.write(head.encode("latin-1") + b"\r\n" + (call.body or b""))
        try:
            await self._within(writer.drain())
        except OSError:
            # What the service had to say before it stopped reading is still to be read.
            pass
        except BaseException:
            writer.close()
            raise
        return reader, writer

    async def _head(self, reader: asyncio.StreamReader) -> Tuple[int, Dict[str, str]]:
        words = (await self._line(reader)).split(" ", 2)
        if len(words) < 2 or not words[0].startswith("HTTP/1.") or not words[1].isdigit():
            raise Unavailable(f"{self._address.authority}: what answers there does not speak HTTP")
        headers: Dict[str, str] = {}
        while line := await self._line(reader):
            name, _, value = line.partition(":")
            headers[name.strip().lower()] = value.strip()
        return int(words[1]), headers

    async def _body(self, reader: asyncio.StreamReader, headers: Dict[str, str]) -> AsyncIterator[bytes]:
        if headers.get("transfer-encoding", "").lower() == "chunked":
            while size := int((await self._line(reader)).partition(";")[0], 16):
                yield await self._read(reader.readexactly(size))
                await self._line(reader)
        elif "content-length" in headers:
            yield await self._read(reader.readexactly(int(headers["content-length"])))
        else:
            yield await self._read(reader.read())

    async def _line(self, reader: asyncio.StreamReader) -> str:
        line = await self._read(reader.readline())
        if not line.endswith(b"\n"):
            raise Unavailable(f"{self._address.authority}: the answer broke off")
        return line.decode("latin-1").rstrip("\r\n")

    async def _read(self, reading: Awaitable[bytes]) -> bytes:
        try:
            return await self._within(reading)
        except (OSError, asyncio.IncompleteReadError) as error:
            raise Unavailable(f"{self._address.authority}: the answer broke off: {error}") from error

    async def _within(self, step: Awaitable[T]) -> T:
        try:
            return await asyncio.wait_for(step, self._timeout)
        except asyncio.TimeoutError:
            raise Unavailable(f"{self._address.authority}: silent for {self._timeout:g} s") from None
