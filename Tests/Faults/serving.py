"""The service: what its callers are told while a call of it fails, and what it has of them after its next start."""

import contextlib
import http.client
import json
import os
import re
import signal
import subprocess
import time

from looking import BASH

# A line that says what failed: the command's own, or the log's.
SAYS = re.compile(r"^(sanderling: \S.*\S|\S+ (error|critical) \S+: \S.*)", re.M)
FINAL = {"finished", "interrupted", "refused", "cancelled"}
# Requests of a clean run: nothing is ready for the first two, something for those after them.
REQUESTS = 3
# Seconds for one of them, and for the service to be there.
PATIENCE = 20
# In place of a status: the connection ended, or nothing came.
LOST, HANGS = 0, 1


class Answer:
    """What a caller was told."""

    def __init__(self, status, body):
        self.status, self.body = status, body

    @property
    def id(self):
        return self.body.get("id") if 200 <= self.status < 300 else None

    @property
    def word(self):
        """right, refused, lost or wrong; what was printed decides between the first and the last later."""
        if self.status in (LOST, HANGS):
            return "lost" if self.status == LOST else "wrong"
        if self.status >= 400:
            return "refused" if self.body.get("code") and self.body.get("detail") else "wrong"
        if self.body["state"] == "refused":
            return "refused" if self.body["refusal"]["code"] and self.body["refusal"]["message"] else "wrong"
        result = self.body.get("result") or {}
        if self.body["state"] == "finished" and result["verdict"] == "internal_error" and result["error_message"]:
            return "refused"
        return "right" if self.body["state"] == "finished" and result["verdict"] == "ok" else "wrong"

    @property
    def lacks_layer(self):
        return (self.body.get("refusal") or {}).get("code") == "layer_unavailable"

    @property
    def stdout(self):
        return (self.body.get("result") or {}).get("stdout") or ""

    def __repr__(self):
        told = self.body.get("refusal") or self.body
        return f"{self.status} {self.body.get('state')} {json.dumps(told)[:400]}"


class Conversation:
    """What is asked of a service while it runs; then it is told to stop."""

    def __init__(self, place, traced):
        self.place, self.traced = place, traced
        self.port = None
        self.answers, self.found = [], {}
        self.ended_itself = False

    def hold(self, root):
        try:
            if self.await_port():
                self.speak()
        finally:
            self.ended_itself = self.traced.ended.is_set()
            if not self.ended_itself:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(root, signal.SIGTERM)

    def await_port(self):
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until and not self.traced.ended.is_set():
            with open(os.path.join(self.place, "stdout"), encoding="utf-8", errors="replace") as file:
                found = re.search(r"serving on http://127\.0\.0\.1:(\d+)\n", file.read())
            if found:
                self.port = int(found[1])
                return True
            time.sleep(0.002)
        return False

    def ask(self, method, path, body=None):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        with contextlib.closing(connection):
            try:
                headers = {"Content-Type": "application/json"} if body else {}
                connection.request(method, path, body and json.dumps(body), headers)
                answer = connection.getresponse()
                return Answer(answer.status, json.loads(answer.read()))
            except TimeoutError:
                return Answer(HANGS, {"hangs": path})
            except (OSError, http.client.HTTPException) as error:
                return Answer(LOST, {"error": repr(error)})

    def speak(self):
        """Asks until what the fault did has been seen, and that the service has got over it."""
        program = {"language": "bash", "code": BASH + 'echo "$line"\n', "stdin": "input\n"}
        while len(self.answers) < REQUESTS or (self.answers[-1].word != "right" and len(self.answers) < 2 * REQUESTS):
            self.answers.append(self.ask("POST", "/v1/executions?wait=true", program))
            if self.traced.ended.is_set() or self.answers[-1].status == HANGS:
                return


class LookingBack(Conversation):
    """What the service has, after its next start, of those that it had before."""

    def speak(self):
        listed = self.ask("GET", "/v1/executions?limit=100")
        for one in listed.body.get("executions", []):
            self.found[one["id"]] = self.ask("GET", f"/v1/executions/{one['id']}?wait=true")
        super().speak()


class Serve:
    """A service that is asked for the same program several times, and stopped."""

    patience = 60
    cache = None
    part = None
    threads = True
    weight = 3

    def __init__(self, name):
        self.name = name
        self.kind, self.conversation = Conversation, None

    def arguments(self, place):
        return ["serve", "--port", "0", "--data", os.path.join(place, "data"), "--set", "shutdown.grace=5s"]

    def prepare(self, place):
        """Nothing is there before a service's first start."""

    def beside(self, place, traced):
        self.conversation = self.kind(place, traced)
        return self.conversation.hold

    def complete(self, outcome, _place):
        outcome.answers, outcome.found = self.conversation.answers, self.conversation.found
        outcome.ended_itself = self.conversation.ended_itself

    @staticmethod
    def is_fit(clean):
        return Serve.is_right(clean, clean) and len(clean.answers) == REQUESTS and "walls" in clean.answers[0].stdout

    @staticmethod
    def is_right(outcome, clean, _silent=False):
        answers = all(one.word == "right" and one.stdout == clean.answers[0].stdout for one in outcome.answers)
        return outcome.code == 0 and answers and len(outcome.answers) == REQUESTS and not outcome.ended_itself

    def word(self, outcome, clean, silent):
        for answer in outcome.answers:
            if answer.word == "right" and answer.stdout != clean.answers[0].stdout:
                return f"wrong: the program saw other walls: {answer.stdout!r}"
            if answer.word == "wrong":
                return f"wrong: {answer}, {outcome.told()}"
        said = silent or SAYS.search(outcome.stderr)
        if outcome.code != 0 or outcome.ended_itself:
            return "refused" if outcome.code and outcome.code > 0 and said else f"wrong: code {outcome.code}, {outcome.told()}"
        # The host's layers are looked at once, and a service says of each program what it lacks.
        if outcome.answers and all(answer.lacks_layer for answer in outcome.answers):
            return "refused"
        if not outcome.answers and said and outcome.code == 0:
            return "refused"
        if not outcome.answers or outcome.answers[-1].word != "right":
            return f"wrong: it does not recover: {outcome.answers}, {outcome.told()}"
        others = [answer for answer in outcome.answers if answer.word != "right"]
        # One call failed, and so at most what one request needed.
        if len(others) > 1:
            return f"wrong: {len(others)} requests met it: {others}, {outcome.told()}"
        return others[0].word if others else "right"

    def afterwards(self, bench, place, clean, outcome):
        """Nothing that was accepted is lost: a next start on the same data has all of it, and runs programs as ever."""
        self.kind = LookingBack
        try:
            again = bench.once(self, place, watched=False)
        finally:
            self.kind = Conversation
        wrong = [] if self.is_right(again, clean) else [f"the next start: code {again.code}, {again.answers}, {again.told()}"]
        wrong += [f"left behind by the next start: {', '.join(again.left)}"] if again.left else []
        for id_, found in again.found.items():
            if found.body.get("state") not in FINAL or (found.word == "right" and found.stdout != clean.answers[0].stdout):
                wrong.append(f"{id_} is there as {found}")
        for told in outcome.answers:
            if told.id and told.id not in again.found:
                wrong.append(f"{told.id} was accepted, and is lost")
            elif told.id and told.body["state"] in FINAL and again.found[told.id].body["state"] != told.body["state"]:
                wrong.append(f"{told.id} was told as {told}, and is there as {again.found[told.id]}")
        return wrong + self.verify(bench, place, again)

    @staticmethod
    def verify(bench, place, again):
        data = os.path.join(place, "data")
        verified = subprocess.run(
            [bench.command, "audit-log", "verify", "--data", data], capture_output=True, text=True, env=bench.environment(place), check=False
        )
        if verified.returncode:
            return [f"the audit log: {verified.stderr.strip()}"]
        with open(os.path.join(data, "audit.jsonl"), encoding="utf-8") as file:
            logged = {json.loads(line)["execution"] for line in file}
        unlogged = {id_ for id_, found in again.found.items() if found.body["state"] == "finished"} - logged
        return [f"without a line in the audit log: {sorted(unlogged)}"] if unlogged else []
