import SandboxModel
import SandboxProbe
import Sanderling
import Testing

/// How programs end by themselves: whatever they forge reads as what it is.
@Suite struct EndingTests {
    @Test func `every exit code is told as it is`() async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            for code in Int32(0)...255 {
                group.addTask {
                    let result = try await Probe.run(.bash("exit \(code)"))
                    #expect(result.exitCode == code, result.shown)
                    #expect(result.verdict == (code == 0 ? .ok : .nonzeroExit), result.shown)
                    #expect(result.limitsHit.isEmpty)
                }
            }
            try await group.waitForAll()
        }
    }

    /// SIGSTOP and its kin stop, SIGCHLD, SIGCONT, SIGURG and SIGWINCH are ignored: signal(7).
    private static let fatal =
        [Int32](1...31).filter { ![17, 18, 19, 20, 21, 22, 23, 28].contains($0) } + [34, 64]

    @Test(arguments: fatal)
    func `a signal that a program sends itself is its own`(number: Int32) async throws {
        let result = try await Probe.python(
            """
            import os, signal
            print("before", flush=True)
            if \(number) not in (9, 19): signal.signal(\(number), signal.SIG_DFL)
            os.kill(os.getpid(), \(number))
            """
        )
        #expect(result.verdict == .signaled, result.shown)
        #expect(result.termination == .signaled(number))
        #expect(result.exitCode == -1)
        #expect(result.output == "before\n")
        #expect(result.limitsHit.isEmpty)
        #expect(result.evidence?.attestedBy == .kernel)
    }

    @Test func `a program that says it was out of memory is not believed`() async throws {
        let result = try await Probe.run(.bash("echo 'Out of memory: Killed process 1' >&2; exit 137"))
        #expect(result.verdict == .nonzeroExit, result.shown)
    }

    @Test func `a program without descriptors ends like any other`() async throws {
        let result = try await Probe.python(
            "import os\nos.write(1, b'kept')\nos.closerange(0, 256)\nos._exit(7)"
        )
        #expect(result.verdict == .nonzeroExit, result.shown)
        #expect(result.exitCode == 7)
        #expect(result.output == "kept")
    }

    @Test func `a program that kills everything it can see only ends itself`() async throws {
        let result = try await Probe.python(
            """
            import os, signal
            try: os.kill(-1, signal.SIGKILL)
            except ProcessLookupError: print("alone")
            try: os.kill(1, signal.SIGKILL)
            except (PermissionError, ProcessLookupError): pass
            print("still here")
            """
        )
        #expect(result.verdict == .ok, result.shown)
        #expect(result.output == "alone\nstill here\n", result.shown)
    }

    @Test func `cancelling the task kills the program and says so`() async throws {
        let sandbox = try await Probe.shared
        let task = Task {
            var last: ExecutionResult?
            let program = Program.python("print('running', flush=True)\nimport time\ntime.sleep(1000)")
            let (started, signal) = AsyncStream<Void>.makeStream()
            let execution = Task { try await sandbox.execute(program, stdin: .sequence(Told(signal))) }
            for await _ in started { break }
            execution.cancel()
            last = try await execution.value
            return last
        }
        let result = try #require(try await task.value)
        #expect(result.verdict == .cancelled, result.shown)
        #expect(result.evidence?.value == "cancelled by the caller")
    }

    /// Standard input that tells when it is first asked for, and then never gives anything.
    private struct Told: AsyncSequence, AsyncIteratorProtocol, Sendable {
        typealias Element = [UInt8]
        private let signal: AsyncStream<Void>.Continuation

        init(_ signal: AsyncStream<Void>.Continuation) { self.signal = signal }

        func makeAsyncIterator() -> Self { self }

        mutating func next() async throws -> [UInt8]? {
            signal.yield()
            try await Task.sleep(for: .seconds(3_600))
            return nil
        }
    }
}
