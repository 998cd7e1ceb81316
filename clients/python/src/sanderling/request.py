"""One program and what goes with it, as the service and as the command take it."""
from __future__ import annotations

import base64
import os
from dataclasses import dataclass
from typing import Any, Dict, List, Mapping, Optional, Sequence, Union

from .errors import UsageError
from .limits import ExecutionLimits, Number, checked

Content = Union[str, bytes]

MOST_SESSION_CHARACTERS = 200


def encoded(content: Content) -> Dict[str, str]:
    """Content as the service's JSON holds it: text, or base64 of what is not UTF-8."""
    if isinstance(content, str):
        return {"content": content}
    try:
        return {"content": content.decode()}
    except UnicodeDecodeError:
        return {"content": base64.b64encode(content).decode("ascii"), "encoding": "base64"}


def raw(content: Content) -> bytes:
    """Content as the program reads it."""
    return content.encode() if isinstance(content, str) else content


@dataclass(frozen=True)
class Request:
    """A program and what goes with it. UsageError names what is wrong before anything is sent or started.

    language: a name or another name that ``languages`` tells.
    code: the source.
    stdin: what the program reads; nothing by default.
    timeout: seconds of real time, 0.001 to 86400, in the place of ``limits.time_limit``; 10 when neither is given.
    session_id: a label of 1 to 200 characters that the result carries and ``executions`` finds. Programs of one session
        share nothing: every one has a sandbox of its own.
    limits: further ceilings; Sanderling's own defaults when there are none.
    args, env: the program's arguments, and environment variables.
    files: further files by their paths in the work directory.
    collect: patterns of files to bring out for ``read_file``.
    network: ``none``, ``loopback``, or ``host`` where the operator permits it.
    filesystem: ``none``, or ``scratch``: a private directory, gone afterwards, that the program can write to.
    """

    language: str
    code: Content
    stdin: Optional[Content] = None
    timeout: Optional[Number] = None
    session_id: Optional[str] = None
    limits: Optional[ExecutionLimits] = None
    args: Sequence[str] = ()
    env: Optional[Mapping[str, str]] = None
    files: Optional[Mapping[str, Content]] = None
    collect: Sequence[str] = ()
    network: str = "none"
    filesystem: str = "none"

    def __post_init__(self) -> None:
        if not isinstance(self.language, str) or not self.language:
            raise UsageError(f"language: {self.language!r} is not the name of a language, such as 'python'")
        for name, value in [("code", self.code), ("stdin", self.stdin or ""), *(self.files or {}).items()]:
            if not isinstance(value, (str, bytes)):
                raise UsageError(f"{name}: {type(value).__name__} is neither text nor bytes")
            if isinstance(value, str):
                try:
                    value.encode()
                except UnicodeEncodeError as error:
                    raise UsageError(f"{name}: the text has a lone surrogate at {error.start}; give bytes") from None
        if self.timeout is not None:
            checked("timeout", self.timeout, 0.001, 86_400, "seconds")
        for name, list_ in [("args", self.args), ("collect", self.collect)]:
            if isinstance(list_, str) or not all(isinstance(one, str) for one in list_):
                raise UsageError(f"{name}: {list_!r} is not a list of texts")
        for name, value in [*(self.env or {}).items()]:
            if not isinstance(name, str) or not isinstance(value, str):
                raise UsageError(f"env: {name!r}={value!r} is not text")
        if self.session_id is not None:
            if not isinstance(self.session_id, str) or not 0 < len(self.session_id) <= MOST_SESSION_CHARACTERS:
                raise UsageError(f"session_id: it is a text of 1 to {MOST_SESSION_CHARACTERS} characters")

    @property
    def source(self) -> bytes:
        """The program's source."""
        return raw(self.code)

    def body(self) -> Dict[str, Any]:
        """The request as POST /v1/executions takes it."""
        code = encoded(self.code)
        body: Dict[str, Any] = {"language": self.language, "code": code["content"]}
        if "encoding" in code:
            body["code_encoding"] = code["encoding"]
        if self.stdin is not None:
            stdin = encoded(self.stdin)
            body["stdin"] = stdin["content"]
            if "encoding" in stdin:
                body["stdin_encoding"] = stdin["encoding"]
        limits = self.limits.body() if self.limits else {}
        if self.timeout is not None:
            limits["wall_time"] = self.timeout
        if limits:
            body["limits"] = limits
        if self.files:
            body["files"] = [{"path": path, **encoded(content)} for path, content in self.files.items()]
        for name, value in [("args", self.args), ("collect", self.collect)]:
            if value:
                body[name] = list(value)
        if self.env:
            body["env"] = dict(self.env)
        if self.session_id is not None:
            body["label"] = self.session_id
        body["network"] = self.network
        body["filesystem"] = self.filesystem
        return body

    def arguments(self, directory: str) -> List[str]:
        """The request as `sanderling run` takes it, with the source on its standard input.

        directory: an empty directory, into which the program's input and files are written.
        """
        stdin = os.path.join(directory, "stdin")
        with open(stdin, "wb") as file:
            file.write(raw(self.stdin or b""))
        arguments = ["run", "-", f"--language={self.language}", "--format=json", f"--stdin={stdin}"]
        if self.limits:
            arguments += [one for one in self.limits.options() if self.timeout is None or "--time=" not in one]
        if self.timeout is not None:
            arguments.append(f"--time={round(self.timeout * 1000)}ms")
        for number, (path, content) in enumerate((self.files or {}).items()):
            if ":" in path:
                raise UsageError(f"files: {path!r} has a colon, which the command does not take; the service does")
            source = os.path.join(directory, str(number))
            with open(source, "wb") as file:
                file.write(raw(content))
            arguments.append(f"--file={source}:{path}")
        arguments += [f"--env={name}={value}" for name, value in (self.env or {}).items()]
        arguments += [f"--collect={pattern}" for pattern in self.collect]
        arguments += [f"--network={self.network}", f"--filesystem={self.filesystem}"]
        return [*arguments, "--", *self.args]
