import Foundation
import Glibc
import SandboxModel
import Testing

@testable import Service

/// The chain of the audit log.
struct AuditLogTests {
    private let directory = TemporaryDirectory()

    private func log(_ count: Int) async throws -> (path: String, head: AuditHead) {
        let path = directory.path + "/\(UUID().uuidString).jsonl"
        let log = try AuditLog(path: path)
        var head = AuditHead.empty
        for number in 0..<count { head = try await log.append(Self.entry(number)) }
        return (path, head)
    }

    static func entry(_ number: Int) -> AuditEntry {
        AuditEntry(
            record: ExecutionRecord(
                id: ExecutionID(),
                caller: "ada",
                state: .finished,
                language: "sh",
                priority: 0,
                createdAt: Date(),
                attempts: 1,
            ),
            submission: Submission(program: Program(language: "sh", code: "echo \(number)")),
            ending: ExecutionEnding(state: .finished, verdict: .ok, finishedAt: Date()),
        )
    }

    @Test func `a whole log fits`() async throws {
        let (path, head) = try await log(5)
        let outcome = try AuditVerification(path: path, head: head)
        #expect(outcome.fault == nil)
        #expect(outcome.lines == 5)
    }

    @Test(arguments: 0..<5)
    func `a line that is removed shows`(_ line: Int) async throws {
        let (path, head) = try await log(5)
        var lines = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n")
        lines.remove(at: line)
        try (lines.joined(separator: "\n") + "\n").write(toFile: path, atomically: true, encoding: .utf8)
        #expect(try AuditVerification(path: path, head: head).fault?.contains("removed") == true)
    }

    @Test func `a line that is changed shows`() async throws {
        let (path, head) = try await log(3)
        let text = try String(contentsOfFile: path, encoding: .utf8)
        try text.replacing("\"caller\":\"ada\"", with: "\"caller\":\"bob\"", maxReplacements: 1)
            .write(toFile: path, atomically: true, encoding: .utf8)
        #expect(try AuditVerification(path: path, head: head).fault?.contains("changed") == true)
    }

    /// Runs `body` while no file of this process may become longer than ten bytes; only in a process of its own.
    private static func onFullDisk(_ body: () async throws -> Void) async throws {
        signal(SIGXFSZ, SIG_IGN)
        var entire = rlimit()
        getrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &entire)
        var full = rlimit(rlim_cur: 10, rlim_max: entire.rlim_max)
        setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &full)
        defer { setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &entire) }
        try await body()
    }

    @Test func `nothing is accepted while a line cannot be written, and the line is there once it can`() async
    {
        await #expect(processExitsWith: .success) {
            try await ServiceHarness.run { harness in
                let path = harness.service.configuration.auditLogPath
                try await Self.onFullDisk {
                    await #expect(throws: ServiceError.self) {
                        try await harness.service.audit.append(Self.entry(1))
                    }
                    let request = SubmissionRequest(program: Program(language: "sh", code: "ok"))
                    let error = await #expect(throws: ServiceError.self) {
                        try await harness.service.submit(request, by: .local)
                    }
                    #expect(error?.code == .storage)
                    #expect(await harness.service.unreadiness()?.contains("audit log") == true)
                }
                try await harness.service.audit.catchUp()
                let head = try await harness.service.audit.append(Self.entry(2))
                let outcome = try AuditVerification(path: path, head: head)
                #expect(outcome.fault == nil)
                #expect(outcome.lines == 2)
            }
        }
    }

    @Test func `what waits is not run while a line cannot be written, and is once it can`() async {
        await #expect(processExitsWith: .success) {
            try await ServiceHarness.run(configure: { $0.queue.concurrency = 1 }) { harness in
                var executions: [LiveExecution] = []
                for (label, code) in [("first", "hold"), ("second", "print ok")] {
                    var request = SubmissionRequest(program: Program(language: "sh", code: code))
                    request.label = label
                    executions.append(
                        try #require(try await harness.service.submit(request, by: .local).execution)
                    )
                }
                try await Self.onFullDisk {
                    harness.runner.release()
                    await executions[0].end()
                    // Its place is free in the same step in which the next would be started.
                    while try await harness.service.load(of: .local).running > 0 { await Task.yield() }
                    #expect(harness.runner.order == ["first"])
                    #expect(await harness.service.unreadiness()?.contains("audit log") == true)
                }
                await executions[1].end()
                #expect(harness.runner.order == ["first", "second"])
                let path = harness.service.configuration.auditLogPath
                let head = try await harness.service.audit.append(Self.entry(3))
                let outcome = try AuditVerification(path: path, head: head)
                #expect(outcome.fault == nil)
                #expect(outcome.lines == 3)
            }
        }
    }

    @Test func `a line that could not be written is there once the service has stopped`() async {
        await #expect(processExitsWith: .success) {
            let directory = TemporaryDirectory()
            let path = try await ServiceHarness.run(in: directory.path) { harness in
                try await Self.onFullDisk {
                    await #expect(throws: ServiceError.self) {
                        try await harness.service.audit.append(Self.entry(1))
                    }
                }
                return harness.service.configuration.auditLogPath
            }
            #expect(try AuditVerification(path: path, head: .empty).lines == 1)
        }
    }

    @Test func `half a line that a kill left is cut off and the chain goes on`() async throws {
        let (path, _) = try await log(2)
        let handle = try #require(FileHandle(forWritingAtPath: path))
        try handle.seekToEnd()
        try handle.write(contentsOf: Data("{\"number\":3,".utf8))
        try handle.close()
        let head = try await AuditLog(path: path).append(Self.entry(3))
        let outcome = try AuditVerification(path: path, head: head)
        #expect(outcome.fault == nil)
        #expect(outcome.lines == 3)
    }
}
