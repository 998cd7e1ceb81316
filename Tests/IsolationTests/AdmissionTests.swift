import SandboxModel
import SandboxProbe
import Synchronization
import Testing

@testable import SandboxEngine
@testable import Sanderling

/// What happens when more is asked of a sandbox than it admits.
@Suite struct AdmissionTests {
    private final class Seen: Sendable {
        let counts = Mutex((now: 0, most: 0, done: 0))
    }

    @Test func `no more run at once than are admitted, and those that wait come in their order`() async throws
    {
        let admission = Admission(bound: 2, waits: true)
        let seen = Seen()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<40 {
                group.addTask {
                    try await admission.admit {
                        seen.counts.withLock {
                            $0.now += 1
                            $0.most = max($0.most, $0.now)
                        }
                        try await Task.sleep(for: .milliseconds(1))
                        seen.counts.withLock {
                            $0.now -= 1
                            $0.done += 1
                        }
                    }
                }
            }
            try await group.waitForAll()
        }
        let counts = seen.counts.withLock { $0 }
        #expect(counts == (0, 2, 40))
    }

    @Test func `whoever is cancelled while waiting leaves its place to others`() async throws {
        let admission = Admission(bound: 1, waits: true)
        try await admission.admit {
            let waiting = Task { try await admission.admit {} }
            waiting.cancel()
            await #expect(throws: CancellationError.self) { try await waiting.value }
        }
        #expect(try await admission.admit { 7 } == 7)
    }

    @Test(arguments: [
        Sandbox.Configuration(readyCells: -1), .init(readyMemory: .bytes(-1)), .init(concurrentExecutions: 0),
        .init(concurrentExecutions: .min),
    ])
    func `a configuration that makes no sense is refused and says how to mend it`(
        _ configuration: Sandbox.Configuration
    ) async throws {
        await #expect {
            _ = try await Sandbox(configuration: configuration)
        } throws: { error in
            let error = error as? SandboxError
            return error?.code == .invalidRequest && error?.mend != nil
        }
    }

    @Test func `a sandbox that may not let callers wait says that it is busy`() async throws {
        try await Probe.pass {
            let configuration = Sandbox.Configuration(concurrentExecutions: 1, whenBusy: .refuse)
            try await withSandbox(configuration) { sandbox in
                let sleeper = Program(language: "bash", code: "echo up; sleep 1000")
                for try await event in sandbox.events(of: sleeper) {
                    guard case .stdout = event else { continue }
                    await #expect {
                        try await sandbox.execute(Program(language: "bash", code: "exit 0"))
                    } throws: { error in
                        (error as? SandboxError)?.code == .busy
                    }
                    break
                }
                // The sleeper dies with its consumer; then there is a place again.
                var verdict: Verdict?
                for _ in 0..<500 where verdict == nil {
                    verdict = try? await sandbox.execute(Program(language: "bash", code: "exit 0")).verdict
                    if verdict == nil { try await Task.sleep(for: .milliseconds(10)) }
                }
                #expect(verdict == .ok)
            }
        }
    }
}
