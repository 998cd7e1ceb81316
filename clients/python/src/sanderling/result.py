"""What became of a program, as a plain dict that json can write."""
from __future__ import annotations

import base64
from typing import Any, Dict, List, Mapping, Optional, TypedDict

from .errors import USAGE_CODES, UsageError
from .request import Request

# In which states of the service's a program has no result, and what is said then.
WITHOUT_RESULT = {
    "refused": "the sandbox would not run the program",
    "cancelled": "the program was cancelled before it ran",
    "interrupted": "the service was killed while the program ran",
}


class Result(TypedDict, total=False):
    """The first six keys, ``success``, ``verdict``, ``id`` and ``session_id`` are always there.

    The others are those of docs/report.schema.json; a program that never ran has none of them.
    """

    #: What the program wrote; base64 where ``stdout_encoding`` says so. ``output_bytes`` decodes either.
    stdout: str
    stderr: str
    #: -1 when it did not exit by itself.
    exit_code: int
    #: Seconds of real time, of the run alone.
    execution_time: float
    #: ``success``, ``timeout``, ``execution_error`` or ``setup_error``.
    status: str
    #: One sentence, or None when nothing is wrong.
    error_message: Optional[str]
    success: bool
    #: Which limit, signal or exit ended it: docs/verdicts.md.
    verdict: Optional[str]
    #: The service's name for it; None by the command.
    id: Optional[str]
    #: As it was given.
    session_id: Optional[str]
    #: The service's ``state``; None by the command.
    state: Optional[str]
    #: What was asked for and lowered to the operator's ceilings.
    capped: List[Dict[str, Any]]
    language: str
    version: Optional[str]
    timed_out: bool
    signal: Optional[int]
    signal_name: Optional[str]
    stdout_encoding: str
    stderr_encoding: str
    stdout_truncated: bool
    stderr_truncated: bool
    stdout_bytes: int
    stderr_bytes: int
    evidence: Optional[Dict[str, Any]]
    usage: Dict[str, Any]
    limits: Dict[str, Any]
    limits_hit: List[Dict[str, Any]]
    isolation: Dict[str, Any]
    violations: List[Dict[str, Any]]
    compile: Optional[Dict[str, Any]]
    files: List[Dict[str, Any]]
    samples: List[Dict[str, Any]]


def of_execution(execution: Mapping[str, Any], request: Optional[Request] = None) -> Result:
    """The result in the service's answer for an execution that is over; UsageError where the request was refused."""
    record = execution.get("result")
    result: Result = {
        "stdout": "",
        "stderr": "",
        "exit_code": -1,
        "execution_time": 0.0,
        "status": "setup_error",
        "error_message": None,
        "success": False,
        "verdict": execution.get("verdict"),
    }
    if record is not None:
        result.update(record)
    else:
        refusal = execution.get("refusal") or {}
        told = refusal.get("message") or WITHOUT_RESULT.get(execution["state"], execution["state"])
        mend = refusal.get("mend")
        result["error_message"] = f"{told}; {mend}" if mend else told
        if refusal.get("code") in USAGE_CODES:
            raise UsageError(result["error_message"])
        if execution["state"] == "cancelled":
            result["status"] = "execution_error"
            result["verdict"] = "cancelled"
    result["id"] = execution["id"]
    result["state"] = execution["state"]
    result["session_id"] = execution["label"]
    result["capped"] = execution["capped"]
    result["files"] = execution["files"]
    return trimmed(result, request)


def of_record(record: Mapping[str, Any], request: Request) -> Result:
    """The result in what `sanderling run --format json` prints."""
    result: Result = {"id": None, "state": None, "session_id": request.session_id, "capped": []}
    result.update(record)  # type: ignore[typeddict-item]
    return trimmed(result, request)


def trimmed(result: Result, request: Optional[Request]) -> Result:
    """The result with no more characters of output than were asked for."""
    if request is None or request.limits is None:
        return result
    most = request.limits.max_output_chars
    if result.get("stdout_encoding") == "utf-8" and len(result["stdout"]) > most:
        result["stdout"] = result["stdout"][:most]
        result["stdout_truncated"] = True
    if result.get("stderr_encoding") == "utf-8" and len(result["stderr"]) > most:
        result["stderr"] = result["stderr"][:most]
        result["stderr_truncated"] = True
    return result


def output_bytes(result: Result, stream: str = "stdout") -> bytes:
    """The bytes that the program wrote to ``stdout`` or ``stderr``, also where they are no text."""
    if stream == "stdout":
        return decoded(result["stdout"], result.get("stdout_encoding"))
    if stream == "stderr":
        return decoded(result["stderr"], result.get("stderr_encoding"))
    raise UsageError(f"stream: {stream!r} is neither 'stdout' nor 'stderr'")


def decoded(text: str, encoding: Optional[str]) -> bytes:
    """The bytes of a text that is itself or base64."""
    return base64.b64decode(text) if encoding == "base64" else text.encode()


def file_entry(result: Result, path: str) -> Dict[str, Any]:
    """The entry of a collected file."""
    for entry in result.get("files", []):
        if entry["path"] == path:
            return entry
    names = ", ".join(repr(entry["path"]) for entry in result.get("files", [])) or "none"
    raise UsageError(f"{path!r} is not among the files that 'collect' brought out: {names}")
