import SandboxModel
import SandboxProbe
import Sanderling
import Synchronization
import Testing

/// Programs whose caller talks to them while they run.
struct InteractiveTests {
    /// Runs Bash source, and calls `react` with what it has written so far each time it writes.
    private static func talk(
        _ code: String,
        feed: StandardInputFeed,
        signals: ProgramSignals,
        react: @escaping @Sendable (String) -> Void,
    ) async throws -> ExecutionResult {
        let written = Mutex("")
        let sandbox = try await Probe.shared
        return try await Probe.pass {
            try await sandbox.execute(
                Program(language: "bash", code: code),
                stdin: .feed(feed),
                policy: Policy(),
                limits: Limits(),
                compileLimits: nil,
                signals: signals,
            ) { event in
                guard case .stdout(let bytes) = event else { return }
                let text = written.withLock { written in
                    written += String(decoding: bytes, as: UTF8.self)
                    return written
                }
                react(text)
            }
        }
    }

    @Test func `a signal that a program catches is caught`() async throws {
        let (feed, signals) = (StandardInputFeed(), ProgramSignals())
        let code = "trap 'echo caught; exit 7' USR1; echo ready; while :; do sleep 0.02; done"
        let result = try await Self.talk(code, feed: feed, signals: signals) { text in
            if text == "ready\n" { signals.send(10) }
        }
        #expect(result.stdout.text == "ready\ncaught\n")
        #expect(result.termination == .exited(code: 7))
        #expect(result.verdict == .nonzeroExit)
    }

    @Test func `an interrupt reaches the whole process group, as from a terminal`() async throws {
        let (feed, signals) = (StandardInputFeed(), ProgramSignals())
        // The child has the default action; its shell waits for it.
        let code = "echo ready; sleep 100; echo $?"
        let result = try await Self.talk(code, feed: feed, signals: signals) { text in
            if text == "ready\n" { signals.send(2) }
        }
        #expect(result.verdict == .signaled)
        #expect(result.termination == .signaled(2))
    }

    @Test func `input comes as it is written, and its end as well`() async throws {
        let (feed, signals) = (StandardInputFeed(), ProgramSignals())
        let code = "echo ready; while read -r line; do echo \"<$line>\"; done; echo end"
        let result = try await Self.talk(code, feed: feed, signals: signals) { text in
            switch text {
            case "ready\n": Task { try await feed.append(Array("one\n".utf8)) }
            case "ready\n<one>\n": feed.finish()
            default: break
            }
        }
        #expect(result.stdout.text == "ready\n<one>\nend\n")
        #expect(result.verdict == .ok)
    }

    @Test func `what nobody reads any more is dropped, and holds nobody up`() async throws {
        let (feed, signals) = (StandardInputFeed(), ProgramSignals())
        let result = try await Self.talk("echo done", feed: feed, signals: signals) { _ in }
        #expect(result.verdict == .ok)
        for _ in 0..<4 { try await feed.append([UInt8](repeating: 0, count: 1 << 20)) }
    }
}
