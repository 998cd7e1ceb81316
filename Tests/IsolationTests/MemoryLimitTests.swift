import SandboxModel
import SandboxProbe
import Testing

/// The memory of the whole tree, whatever it is used for.
@Suite struct MemoryLimitTests {
    private static let limits = Limits(
        memory: .megabytes(64),
        disk: .megabytes(128),
        fileSize: .megabytes(128),
    )

    static let bombs: [(name: String, code: String)] = [
        ("anonymous", "blocks = []\nwhile True: blocks.append(bytearray(1 << 20))"),
        (
            "memfd",
            """
            import os
            file = os.memfd_create("x")
            while True: os.write(file, bytes(1 << 20))
            """,
        ),
        (
            "children together",
            """
            import os, time
            for _ in range(6):
                if os.fork() == 0:
                    block = bytearray(16 << 20)
                    for i in range(0, len(block), 4096): block[i] = 1
                    time.sleep(1000)
            time.sleep(1000)
            """,
        ),
        (
            "shared anonymous",
            "import mmap\nmaps = []\nwhile True:\n    m = mmap.mmap(-1, 1 << 20)\n    m.write(bytes(1 << 20))\n    maps.append(m)",
        ),
        (
            "private, given up by MADV_FREE and used again",
            """
            import mmap
            maps = []
            while True:
                m = mmap.mmap(-1, 1 << 20, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS)
                m.write(bytes(1 << 20))
                m.madvise(8)
                m.seek(0)
                m.write(b"1" * (1 << 20))
                maps.append(m)
            """,
        ),
        (
            "pipes' buffers and a string",
            "s = 'x'\nwhile True: s += s",
        ),
    ]

    @Test(arguments: bombs.indices, FilesystemAccess.allCases)
    func `a memory bomb of any kind is stopped`(index: Int, filesystem: FilesystemAccess) async throws {
        let (name, code) = Self.bombs[index]
        let program = "print('before', flush=True)\n" + code
        let result = try await Probe.python(
            program,
            policy: Policy(filesystem: filesystem),
            limits: Self.limits,
        )
        // CPython turns what malloc refuses into an error; a single request beyond the limit is never resident.
        #expect(result.verdict == .memoryExceeded, "\(name): \(result.shown)")
        #expect(result.limitsHit.map(\.limit) == [.memory])
        #expect(result.output == "before\n", "\(name): \(result.shown)")
        #expect(result.usage.memory.bytes >= 50_000_000, "\(name): \(result.shown)")
    }

    @Test func `files in memory are the disk's and not the memory's`() async throws {
        let result = try await Probe.python(
            """
            import sys
            try:
                with open("/dev/shm/big", "wb") as file:
                    while True: file.write(bytes(1 << 20))
            except OSError as error:
                sys.exit(error.errno)
            """,
            policy: Policy(filesystem: .scratch),
            limits: Self.limits,
        )
        #expect(result.verdict == .diskLimitExceeded, result.shown)
        #expect(result.exitCode == 28, "ENOSPC")
    }

    @Test func `a full disk leaves the memory its own room`() async throws {
        let result = try await Probe.python(
            """
            try:
                with open("/work/big", "wb") as file:
                    while True: file.write(bytes(1 << 20))
            except OSError: pass
            block = bytearray(30 << 20)
            for i in range(0, len(block), 4096): block[i] = 1
            print("fits")
            """,
            policy: Policy(filesystem: .scratch),
            limits: Self.limits,
        )
        #expect(result.verdict == .ok, result.shown)
        #expect(result.output == "fits\n")
        #expect(result.limitsHit.map(\.limit) == [.disk])
    }

    @Test func `memory that is only reserved is not consumed`() async throws {
        let result = try await Probe.python(
            "import mmap\nmmap.mmap(-1, 4 << 30)\nprint('reserved')",
            limits: Self.limits,
        )
        #expect(result.verdict == .ok, result.shown)
    }

    @Test func `a shot worker makes the execution fail even when the main process exits 0`() async throws {
        let result = try await Probe.python(
            """
            import os, sys
            if os.fork() == 0:
                blocks = []
                while True: blocks.append(bytearray(1 << 20))
            os.wait()
            sys.exit(0)
            """,
            limits: Self.limits,
        )
        #expect(result.verdict == .memoryExceeded, result.shown)
        // The kernel's killer or our own kill at its event, whichever came first.
        #expect([.kernel, .sanderling].contains(result.evidence?.attestedBy), result.shown)
    }

    @Test func `where memory of the host runs out, programs go first`() async throws {
        let result = try await Probe.run(.bash("cat /proc/self/oom_score_adj"))
        #expect(result.output == "1000\n", result.shown)
    }
}
