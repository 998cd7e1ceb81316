"""The programs that every way of running must answer alike: sync and async, by the service and by the command."""
from __future__ import annotations

import json
import unittest
from sanderling import ExecutionLimits, Request, Result, UsageError, output_bytes

KEYS = ("stdout", "stderr", "exit_code", "execution_time", "status", "error_message")


class Programs(unittest.TestCase):
    """Tests for any ``execute``, which a subclass gives."""

    def execute(self, request: Request) -> Result:
        raise NotImplementedError

    def read_file(self, result: Result, path: str) -> bytes:
        raise NotImplementedError

    def test_a_program_that_succeeds(self) -> None:
        result = self.execute(Request("python", "print(input().upper())", stdin="hello world", session_id="lesson"))
        self.assertEqual(
            [result.get(key) for key in KEYS if key != "execution_time"], ["HELLO WORLD\n", "", 0, "success", None]
        )
        self.assertGreater(result["execution_time"], 0)
        self.assertTrue(result["success"])
        self.assertEqual((result["verdict"], result["session_id"]), ("ok", "lesson"))
        json.dumps(result)

    def test_a_program_that_fails_raises_nothing(self) -> None:
        result = self.execute(Request("python", "import sys; print('so far'); sys.exit(3)"))
        self.assertEqual((result["exit_code"], result["status"], result["stdout"]), (3, "execution_error", "so far\n"))
        self.assertIsInstance(result["error_message"], str)

    def test_an_exception_is_on_standard_error(self) -> None:
        result = self.execute(Request("python", "1 / 0"))
        self.assertIn("ZeroDivisionError", result["stderr"])
        self.assertEqual(result["exit_code"], 1)

    def test_a_program_that_takes_too_long(self) -> None:
        result = self.execute(Request("python", "print('begun', flush=True)\nwhile True: pass", timeout=0.5))
        self.assertEqual((result["status"], result["verdict"]), ("timeout", "wall_time_exceeded"))
        self.assertEqual((result["exit_code"], result["stdout"]), (-1, "begun\n"))

    def test_a_program_that_takes_too_much_memory(self) -> None:
        limits = ExecutionLimits(time_limit=20, memory_limit=64, cpu_limit=1)
        result = self.execute(Request("python", "b'x' * 200_000_000", limits=limits))
        self.assertEqual(result["verdict"], "memory_exceeded")
        self.assertEqual(result["limits"]["memory"], 64_000_000)

    def test_limits_arrive(self) -> None:
        result = self.execute(Request("sh", "echo hi", limits=ExecutionLimits(2.5, 100, 0.25, 1000)))
        limits = result["limits"]
        self.assertEqual(
            (limits["wall_time"], limits["memory"], limits["cpu_share"], limits["output"], limits["output_overflow"]),
            (2.5, 100_000_000, 0.25, 4000, "truncate"),
        )

    def test_output_is_cut_to_the_characters_that_were_asked_for(self) -> None:
        limits = ExecutionLimits(max_output_chars=10)
        few = self.execute(Request("python", "print('\u20ac' * 9)", limits=limits))
        self.assertEqual((few["stdout"], few["stdout_truncated"]), ("\u20ac" * 9 + "\n", False))
        many = self.execute(Request("python", "print('\u20ac' * 11)", limits=limits))
        self.assertEqual((many["stdout"], many["stdout_truncated"]), ("\u20ac" * 10, True))
        self.assertTrue(many["success"])
        flood = self.execute(Request("python", "print('x' * 1_000_000)", limits=limits))
        self.assertEqual((len(flood["stdout"]), flood["stdout_truncated"]), (10, True))

    def test_bytes_that_are_no_text(self) -> None:
        result = self.execute(Request("sh", r"printf '\377\000'; cat >&2", stdin=b"\xfe"))
        self.assertEqual(output_bytes(result), b"\xff\x00")
        self.assertEqual(output_bytes(result, "stderr"), b"\xfe")

    def test_arguments_variables_and_files(self) -> None:
        code = "import os, sys\nprint(sys.argv[1:], os.environ['A'], open('in/data.bin', 'rb').read())"
        code += "\nopen('out.bin', 'wb').write(bytes(range(256)))"
        result = self.execute(
            Request(
                "python", code, args=["-x", "two words"], env={"A": "b=c"}, files={"in/data.bin": b"\xff\x00"},
                collect=["*.bin"], filesystem="scratch",
            )
        )
        self.assertEqual(result["stdout"], "['-x', 'two words'] b=c b'\\xff\\x00'\n", result["stderr"])
        self.assertEqual(self.read_file(result, "out.bin"), bytes(range(256)))
        with self.assertRaisesRegex(UsageError, "'out.bin'"):
            self.read_file(result, "other.bin")

    def test_a_program_that_does_not_compile(self) -> None:
        result = self.execute(Request("c", "int main(void) { return x; }"))
        self.assertEqual(result["verdict"], "compile_failed")

    def test_an_unknown_language_is_a_mistake(self) -> None:
        with self.assertRaisesRegex(UsageError, "unknown language 'pyton'.*python"):
            self.execute(Request("pyton", "1"))

    def test_a_file_outside_is_a_mistake(self) -> None:
        with self.assertRaises(UsageError):
            self.execute(Request("sh", "true", files={"../x": "y"}))


def load_tests(loader: unittest.TestLoader, tests: unittest.TestSuite, pattern: object) -> unittest.TestSuite:
    """No test of this module runs by itself."""
    return unittest.TestSuite()
