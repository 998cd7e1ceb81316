"""By a service of the test's own."""
from __future__ import annotations

import asyncio
import os
import threading
import time
import unittest
from typing import List
from unittest import mock

import programs
import support
from sanderling import (
    AsyncClient,
    Client,
    Event,
    ExecutionLimits,
    Request,
    Result,
    ServiceError,
    Unavailable,
    UsageError,
    execute_code,
    stream_code,
)


class ServiceCase(unittest.TestCase):
    service: support.Service

    @classmethod
    def setUpClass(cls) -> None:
        cls.service = support.Service("limits.wall_time=20s")

    @classmethod
    def tearDownClass(cls) -> None:
        code = cls.service.stop()
        assert code == 0, f"the service ended with {code}"


class ServiceTests(ServiceCase, programs.Programs):
    def setUp(self) -> None:
        self.client = Client(self.service.url)
        self.addCleanup(self.client.close)

    def execute(self, request: Request) -> Result:
        return self.client.execute(request)

    def read_file(self, result: Result, path: str) -> bytes:
        return self.client.read_file(result, path)

    def test_functions_take_the_address_from_the_environment(self) -> None:
        with mock.patch.dict(os.environ, support.environment(SANDERLING_URL=self.service.url), clear=True):
            self.assertIsNotNone(execute_code("sh", "echo hi")["id"])
            self.assertEqual([event.kind for event in stream_code("sh", "true")][-1], "ended")

    def test_streaming_is_live(self) -> None:
        seen: List[Event] = []
        code = "echo begun; sleep 1; echo over"
        for event in self.client.stream(Request("sh", code, session_id="live")):
            seen.append(event)
            if event.text == "begun\n":
                assert seen[0].id is not None
                states = [one["state"] for one in self.client.executions("live")]
                self.assertEqual(states, ["running"], "the first line comes while the program runs")
        self.assertEqual([one.kind for one in seen if one.kind != "stdout"], ["queued", "started", "ended"])
        self.assertEqual("".join(one.text for one in seen), "begun\nover\n")
        assert seen[-1].result is not None
        self.assertEqual((seen[-1].result["verdict"], seen[-1].result["session_id"]), ("ok", "live"))

    def test_a_stream_that_is_left_costs_no_connection(self) -> None:
        for _ in range(20):
            for _event in self.client.stream(Request("sh", "echo hi")):
                break
        self.assertEqual(self.client.execute_code("sh", "echo hi")["stdout"], "hi\n")

    def test_limits_are_lowered_to_the_operators(self) -> None:
        result = self.client.execute_code("sh", "echo hi", timeout=300)
        self.assertEqual(
            result["capped"], [{"stage": "run", "limit": "wall_time", "requested": 300, "applied": 20}]
        )

    def test_submitted_found_and_removed(self) -> None:
        ids = {self.client.submit(Request("sh", f"echo {n}", session_id="pages")) for n in range(3)}
        results = [self.client.result(id) for id in ids]
        self.assertEqual(sorted(one["stdout"] for one in results), ["0\n", "1\n", "2\n"])
        self.assertEqual({one["id"] for one in self.client.executions("pages")}, ids)
        for id in ids:
            self.client.remove(id)
        self.assertEqual(list(self.client.executions("pages")), [])
        with self.assertRaises(ServiceError) as caught:
            self.client.result(ids.pop())
        self.assertEqual((caught.exception.status, caught.exception.code), (404, "not_found"))

    def test_what_is_cancelled_is_told_so(self) -> None:
        id = self.client.submit(Request("sh", "sleep 15"))
        self.client.cancel(id)
        self.assertEqual(self.client.result(id)["verdict"], "cancelled")

    def test_a_network_that_is_not_permitted_is_refused(self) -> None:
        with self.assertRaises(ServiceError) as caught:
            self.client.execute(Request("sh", "true", network="host"))
        self.assertEqual(caught.exception.code, "forbidden")

    def test_one_client_serves_many_threads(self) -> None:
        outputs: List[str] = []

        def run(number: int) -> None:
            for _ in range(5):
                outputs.append(self.client.execute_code("sh", f"echo {number}")["stdout"])

        threads = [threading.Thread(target=run, args=(number,)) for number in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual(sorted(outputs), sorted(f"{number}\n" for number in range(8) for _ in range(5)))

    def test_execute_with_limits(self) -> None:
        result = self.client.execute_with_limits("python", "print(1)", ExecutionLimits(time_limit=5), session_id="s")
        self.assertEqual((result["stdout"], result["limits"]["wall_time"], result["session_id"]), ("1\n", 5, "s"))


class AsyncServiceTests(ServiceCase, programs.Programs):
    def execute(self, request: Request) -> Result:
        return asyncio.run(AsyncClient(self.service.url).execute(request))

    def read_file(self, result: Result, path: str) -> bytes:
        return asyncio.run(AsyncClient(self.service.url).read_file(result, path))

    def test_many_at_once(self) -> None:
        async def main() -> List[Result]:
            async with AsyncClient(self.service.url) as client:
                return list(await asyncio.gather(*(client.execute_code("sh", f"echo {n}") for n in range(40))))

        self.assertEqual([one["stdout"] for one in asyncio.run(main())], [f"{n}\n" for n in range(40)])

    def test_streaming(self) -> None:
        async def main() -> List[Event]:
            client = AsyncClient(self.service.url)
            request = Request("python", "print('\u20ac' * 100_000)", session_id="long")
            events = [event async for event in client.stream(request)]
            self.assertEqual([one["id"] async for one in client.executions("long")], [events[0].id])
            return events

        events = asyncio.run(main())
        self.assertEqual("".join(one.text for one in events), "\u20ac" * 100_000 + "\n")
        self.assertEqual(events[-1].kind, "ended")

    def test_submitted_cancelled_and_removed(self) -> None:
        async def main() -> None:
            client = AsyncClient(self.service.url)
            id = await client.submit(Request("sh", "sleep 15"))
            await client.cancel(id)
            self.assertEqual((await client.result(id))["verdict"], "cancelled")
            await client.remove(id)
            with self.assertRaises(ServiceError):
                await client.result(id)
            self.assertIn("python", [one["name"] for one in await client.languages()])

        asyncio.run(main())


class KeyTests(unittest.TestCase):
    def test_keys(self) -> None:
        service = support.Service(caller="ada")
        self.addCleanup(service.stop)
        with Client(service.url, service.key) as client:
            self.assertEqual(client.execute_code("sh", "echo hi")["stdout"], "hi\n")
        environment = support.environment(SANDERLING_URL=service.url, SANDERLING_KEY=service.key or "")
        with mock.patch.dict(os.environ, environment, clear=True):
            self.assertEqual(asyncio.run(AsyncClient().execute_code("sh", "echo hi"))["stdout"], "hi\n")
        with self.assertRaises(ServiceError) as caught, Client(service.url, "") as client:
            client.execute_code("sh", "true")
        self.assertEqual((caught.exception.status, caught.exception.code), (401, "unauthenticated"))


class FullServiceTests(unittest.TestCase):
    def test_a_full_service_is_asked_again_when_it_says(self) -> None:
        service = support.Service("callers.rate=60", "callers.burst=1")
        self.addCleanup(service.stop)
        client = Client(service.url)
        self.addCleanup(client.close)
        began = time.monotonic()
        results = [client.execute_code("sh", f"echo {n}")["stdout"] for n in range(3)]
        self.assertEqual(results, ["0\n", "1\n", "2\n"])
        # One a second is admitted, so that the third can only have come after refusals.
        self.assertGreater(time.monotonic() - began, 1)
        with self.assertRaises(ServiceError) as caught, Client(service.url, patience=0) as client:
            for _ in range(3):
                client.execute_code("sh", "true")
        self.assertEqual((caught.exception.status, caught.exception.code), (429, "rate_exceeded"))
        self.assertIsNotNone(caught.exception.retry_after)


class AbsentServiceTests(unittest.TestCase):
    def test_a_connection_that_was_closed_meanwhile_is_made_anew(self) -> None:
        service = support.Service("http.idle_time=1s")
        self.addCleanup(service.stop)
        client = Client(service.url)
        self.addCleanup(client.close)
        self.assertEqual(client.execute_code("sh", "echo 1")["stdout"], "1\n")
        time.sleep(2.5)
        self.assertEqual(client.execute_code("sh", "echo 2")["stdout"], "2\n")

    def test_nobody_listens(self) -> None:
        service = support.Service()
        service.stop()
        with self.assertRaises(Unavailable), Client(service.url) as client:
            client.execute_code("sh", "true")
        with self.assertRaises(Unavailable):
            asyncio.run(AsyncClient(service.url).execute_code("sh", "true"))

    def test_a_short_patience_with_connections_is_a_mistake(self) -> None:
        with self.assertRaisesRegex(UsageError, "30"):
            Client("http://127.0.0.1:1", timeout=5)
