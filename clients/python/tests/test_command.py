"""By the command, where there is no service."""
from __future__ import annotations

import asyncio
import os
import subprocess
import sys
import unittest
from unittest import mock

import programs
import support
from sanderling import AsyncClient, Client, Request, Result, Unavailable, UsageError


class CommandTests(programs.Programs):
    def setUp(self) -> None:
        self.client = Client("", command=support.COMMAND)

    def execute(self, request: Request) -> Result:
        return self.client.execute(request)

    def read_file(self, result: Result, path: str) -> bytes:
        return self.client.read_file(result, path)

    def test_streaming_needs_a_service(self) -> None:
        with self.assertRaisesRegex(UsageError, "SANDERLING_URL"):
            self.client.stream(Request("sh", "true"))

    def test_languages(self) -> None:
        present = {one["name"] for one in self.client.languages() if one["present"]}
        self.assertLessEqual({"python", "sh"}, present)

    def test_a_path_with_a_colon_is_a_mistake(self) -> None:
        with self.assertRaisesRegex(UsageError, "colon"):
            self.client.execute(Request("sh", "true", files={"a:b": "c"}))

    def test_a_source_longer_than_an_argument_may_be(self) -> None:
        result = self.client.execute_code("python", "#" + "x" * 1_000_000 + "\nprint('read')")
        self.assertEqual(result["stdout"], "read\n", result["error_message"])


class AsyncCommandTests(programs.Programs):
    def execute(self, request: Request) -> Result:
        async def main() -> Result:
            async with AsyncClient("", command=support.COMMAND) as client:
                return await client.execute(request)

        return asyncio.run(main())

    def read_file(self, result: Result, path: str) -> bytes:
        return asyncio.run(AsyncClient("", command=support.COMMAND).read_file(result, path))

    def test_what_is_cancelled_ends(self) -> None:
        async def main() -> None:
            client = AsyncClient("", command=support.COMMAND)
            with self.assertRaises(asyncio.TimeoutError):
                await asyncio.wait_for(client.execute_code("sh", "sleep 60", timeout=60), 1)

        asyncio.run(main())
        children = subprocess.run(
            ["ps", "--ppid", str(os.getpid()), "-o", "args="], stdout=subprocess.PIPE, text=True, check=False
        ).stdout
        self.assertNotIn("--language=sh", children)


class FunctionTests(unittest.TestCase):
    def test_the_module_itself(self) -> None:
        code = (
            "import sanderling; print(sanderling.execute_code('python', 'print(1 + 1)')['stdout'],"
            " sanderling.execute_with_limits('sh', 'echo hi')['limits']['cpu_share'])"
        )
        done = subprocess.run(
            [sys.executable, "-c", code], env=support.environment(SANDERLING_COMMAND=support.COMMAND),
            stdout=subprocess.PIPE, text=True, check=False,
        )
        self.assertEqual(done.stdout, "2\n 0.5\n")

    def test_no_service_and_no_command(self) -> None:
        with mock.patch.dict(os.environ, support.environment(), clear=True):
            with self.assertRaisesRegex(Unavailable, "SANDERLING_URL"):
                Client(command="/nonexistent/sanderling")
