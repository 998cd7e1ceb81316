"""Lets the shared corpus drive Sanderling: its tools call `run` for each case and judge what comes back.

$SANDERLING is the command under test.
"""

import base64
import json
import os
import shutil
import signal
import subprocess
import tempfile
import time

# The tools leave out cases with module lists for a sandbox that has none.
POLICY = True

# The corpus has fewer words: a limit it has no word for shows as a failed run.
VERDICTS = {
    "ok": "OK",
    "nonzero_exit": "RE",
    "signaled": "RE",
    "wall_time_exceeded": "TLE",
    "cpu_time_exceeded": "TLE",
    "memory_exceeded": "MLE",
    "process_limit_exceeded": "RE",
    "output_limit_exceeded": "OLE",
    "disk_limit_exceeded": "RE",
    "file_size_exceeded": "RE",
    "policy_violation": "DENIED",
    "compile_failed": "CE",
}

# No compile stage of ours may take longer; beyond it the command itself hangs, which the tools count as a failure.
HANG_SECONDS = 150


def run(case, sources, timeout):
    directory = tempfile.mkdtemp(prefix="sanderling-corpus-", dir="/var/tmp")
    try:
        return _run(case, _write(sources, directory), timeout)
    finally:
        shutil.rmtree(directory, ignore_errors=True)


def _write(sources, directory):
    """Writes the sources below the directory; gives each one's path there and its name, the main one first."""
    written = []
    for name, contents in sources.items():
        path = os.path.join(directory, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "wb") as file:
            file.write(contents)
        written.append((path, name))
    return written


def command(case, files, timeout):
    """The command line of one case. The corpus counts memory, disk and output in units of 2^20 bytes."""
    limits = case["limits"]
    argv = [os.environ["SANDERLING"], "run", "--format", "json", "--language", case["language"]]
    argv += ["--time", f"{timeout}s", "--memory", f"{limits['memory_mb']}MiB", "--processes", str(limits["procs"])]
    argv += ["--disk", f"{limits['disk_mb']}MiB", "--output-limit", f"{limits['output_mb']}MiB"]
    argv += ["--filesystem", "scratch"]
    policy = case.get("policy") or {}
    for module in policy.get("deny_modules") or []:
        argv += ["--deny-module", module]
    for module in policy.get("allow_modules") or []:
        argv += ["--allow-module", module]
    (main, _), *others = files
    for path, name in others:
        argv += ["--file", f"{path}:{name}"]
    argv.append(main)
    arguments = case.get("args") or []
    return argv + (["--", *arguments] if arguments else [])


def _run(case, files, timeout):
    environment = dict(os.environ)
    # What an attack must not find: a secret in the environment of the process that starts the sandbox.
    if "_secret" in case:
        environment["SBX_HOST_SECRET"] = case["_secret"]
    started = time.monotonic()
    process = subprocess.Popen(
        command(case, files, timeout),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment,
    )
    try:
        output, errors = process.communicate(case.get("stdin", "").encode(), timeout=HANG_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.communicate()
        return {"stdout": b"", "stderr": b"", "exit": None, "verdict": "HANG", "wall": time.monotonic() - started}
    return _reading(output, errors, process.returncode, time.monotonic() - started)


def _reading(output, errors, code, wall):
    try:
        result = json.loads(output)
        verdict = result["verdict"]
    except (ValueError, KeyError, TypeError) as error:
        said = errors.decode("utf-8", "replace").strip()
        raise RuntimeError(f"no result from sanderling (exit code {code}): {said[-400:]}") from error
    if verdict not in VERDICTS:
        raise RuntimeError(f"{verdict}: {result.get('error_message')}")
    stage = result
    if verdict == "compile_failed":
        stage = result["compile"]
    return {
        "stdout": stream(result, "stdout"),
        "stderr": stream(stage, "stderr"),
        "exit": exit_code(result, verdict, code),
        "verdict": VERDICTS[verdict],
        "wall": result["execution_time"] or wall,
    }


def stream(result, name):
    text = result.get(name) or ""
    if result.get(f"{name}_encoding") == "base64":
        return base64.b64decode(text)
    return text.encode("utf-8", "surrogatepass")


def exit_code(result, verdict, code):
    """The program's exit code, as a shell tells it; None when a limit ended the program."""
    if verdict in ("ok", "nonzero_exit", "policy_violation") or result["exit_code"] >= 0:
        return result["exit_code"]
    if verdict == "compile_failed":
        return code or 1
    number = result.get("signal")
    if verdict != "signaled" or number is None:
        return None
    return 128 + (number if isinstance(number, int) else signal.Signals[number].value)
