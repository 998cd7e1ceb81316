"""What is refused before anything is sent."""
from __future__ import annotations

import math
import unittest
from typing import Any, Dict

from sanderling import Client, ExecutionLimits, Request, UsageError
from sanderling.events import EventReader
from sanderling.protocol import Address


class LimitTests(unittest.TestCase):
    def test_defaults(self) -> None:
        limits = ExecutionLimits()
        self.assertEqual(
            (limits.time_limit, limits.memory_limit, limits.cpu_limit, limits.max_output_chars),
            (30, 256, 0.5, 100_000),
        )

    def test_no_value_means_no_limit(self) -> None:
        for name in ("time_limit", "memory_limit", "cpu_limit", "max_output_chars"):
            for value in (0, -1, math.nan, math.inf, -math.inf, True, "5", None, 10**30):
                with self.subTest(name=name, value=value), self.assertRaisesRegex(UsageError, name):
                    values: Dict[str, Any] = {name: value}
                    ExecutionLimits(**values)

    def test_characters_are_whole(self) -> None:
        values: Dict[str, Any] = {"max_output_chars": 1.5}
        with self.assertRaisesRegex(UsageError, "whole number"):
            ExecutionLimits(**values)

    def test_mistakes_are_value_errors(self) -> None:
        with self.assertRaises(ValueError):
            ExecutionLimits(time_limit=-1)


class RequestTests(unittest.TestCase):
    def test_wrong_types_are_named(self) -> None:
        for name, value in [
            ("language", ""), ("language", 5), ("code", None), ("stdin", 7), ("timeout", 0), ("timeout", "1"),
            ("args", "a b"), ("args", [1]), ("env", {"A": 1}), ("session_id", ""), ("session_id", "x" * 201),
            ("code", "\ud800"), ("collect", "*.png"), ("files", {"a.txt": 3}),
        ]:
            arguments: Dict[str, Any] = {"language": "python", "code": "1", name: value}
            with self.subTest(name=name, value=value), self.assertRaises(UsageError):
                Request(**arguments)

    def test_what_is_no_text_goes_as_base64(self) -> None:
        body = Request("c", b"\xff", stdin=b"\xfe", files={"a": b"\xfd"}).body()
        self.assertEqual((body["code"], body["code_encoding"]), ("/w==", "base64"))
        self.assertEqual((body["stdin"], body["stdin_encoding"]), ("/g==", "base64"))
        self.assertEqual(body["files"], [{"path": "a", "content": "/Q==", "encoding": "base64"}])

    def test_the_time_out_wins_over_the_limits(self) -> None:
        body = Request("c", "", timeout=2, limits=ExecutionLimits(time_limit=9)).body()
        self.assertEqual(body["limits"]["wall_time"], 2)


class AddressTests(unittest.TestCase):
    def test_addresses(self) -> None:
        address = Address.of("http://[::1]:9000/sand/")
        self.assertEqual((address.host, address.port, address.prefix), ("::1", 9000, "/sand"))
        self.assertEqual(address.authority, "[::1]:9000")
        self.assertEqual(Address.of("https://run.example").port, 443)

    def test_mistakes(self) -> None:
        for url in ("127.0.0.1:8080", "ftp://a", "http://", "http://a:99999", "http://a?b", "http://u:p@a"):
            with self.subTest(url=url), self.assertRaises(UsageError):
                Client(url)

    def test_a_key_with_a_line_break(self) -> None:
        with self.assertRaisesRegex(UsageError, "line break"):
            Client("http://127.0.0.1:1", "key\n")


class EventReaderTests(unittest.TestCase):
    def test_comments_and_unknown_fields_are_passed_over(self) -> None:
        reader = EventReader(Request("sh", ""))
        lines = [
            ": still there", "", "id: 1", "event: queued", 'data: {"id": "7"}', "", "retry: 5", "event:stdout",
            'data: {"data": "/w==",', 'data:  "encoding": "base64"}', "",
        ]
        events = [event for line in lines for event in reader.feed(line)]
        self.assertEqual([event.kind for event in events], ["queued", "stdout"])
        self.assertEqual(events[0].id, "7")
        self.assertEqual(events[1].data, b"\xff")
        self.assertEqual(events[1].text, "\ufffd")


if __name__ == "__main__":
    unittest.main()
