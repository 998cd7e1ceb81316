import Foundation
import Logging
import SandboxModel
import Sanderling
import Synchronization
import Testing

@testable import Service

/// What is asked of a service while it is being stopped.
struct StoppingTests {
    private static func service(in directory: TemporaryDirectory, _ runner: any ProgramRunner) throws
        -> ExecutionService
    {
        var configuration = ServiceConfiguration()
        configuration.dataDirectory = directory.path
        configuration.queue.concurrency = 1
        return ExecutionService(
            configuration: configuration,
            store: try Store(configuration),
            audit: try AuditLog(path: configuration.auditLogPath),
            runner: runner,
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() },
        )
    }

    private static func request(_ code: String) -> SubmissionRequest {
        SubmissionRequest(program: Program(language: "sh", code: code), label: code)
    }

    @Test func `one that waits is cancelled for good, and is not removed before`() async throws {
        let directory = TemporaryDirectory()
        let runner = FakeRunner()
        let service = try Self.service(in: directory, runner)
        try await service.prepare()
        let running = try await service.submit(Self.request("hold"), by: .local)
        let waiting = try await service.submit(Self.request("print cancelled"), by: .local)
        let kept = try await service.submit(Self.request("print kept"), by: .local, idempotencyKey: "key")
        let stopping = Task { await service.stop(within: .seconds(60)) }
        while await service.live(waiting.id, of: .local) != nil { await Task.yield() }
        let refusal = await #expect(throws: ServiceError.self) {
            try await service.remove(waiting.id, by: .local)
        }
        #expect(refusal?.code == .conflict)
        let foreign = await #expect(throws: ServiceError.self) {
            try await service.cancel(waiting.id, by: Caller(name: "bob", scopes: [.submit]))
        }
        #expect(foreign?.code == .notFound)
        for _ in 0..<2 {
            try await service.cancel(waiting.id, by: .local)
            #expect(try await service.details(waiting.id, for: .local).record.state == .cancelled)
        }
        let replay = try await service.submit(Self.request("print kept"), by: .local, idempotencyKey: "key")
        #expect(replay.id == kept.id)
        #expect(replay.isRepeated && replay.execution == nil)
        runner.release()
        await stopping.value
        #expect(try await service.details(running.id, for: .local).record.verdict == .ok)
        service.store.close()
        let log = try String(contentsOfFile: service.configuration.auditLogPath, encoding: .utf8)
        let lines = log.split(separator: "\n").filter { $0.contains(waiting.id.description) }
        #expect(lines.count == 1)
        #expect(lines.first?.contains(#""state":"cancelled""#) == true)

        let next = FakeRunner()
        let again = try Self.service(in: directory, next)
        try await again.prepare()
        await again.dispatch()
        let details = try await again.details(kept.id, for: .local, waiting: .seconds(60))
        #expect(details.record.state == .finished)
        #expect(next.order == ["print kept"])
        try await again.remove(waiting.id, by: .local)
        await again.stop(within: .zero)
        again.store.close()
    }

    @Test func `one that is being handed back is over once its caller cancels it`() async throws {
        let directory = TemporaryDirectory()
        let runner = SlowRunner()
        let service = try Self.service(in: directory, runner)
        try await service.prepare()
        let accepted = try await service.submit(Self.request("slow"), by: .local)
        let stopping = Task { await service.stop(within: .zero) }
        while !runner.isKilled { await Task.yield() }
        try await service.cancel(accepted.id, by: .local)
        runner.release()
        await stopping.value
        let record = try await service.details(accepted.id, for: .local).record
        #expect(record.state == .finished)
        #expect(record.verdict == .cancelled)
        service.store.close()
    }

    @Test func `what its caller cancels is not handed back, whichever comes first`() {
        let record = ExecutionRecord(
            id: ExecutionID(),
            caller: "ada",
            state: .queued,
            language: "sh",
            priority: 0,
            createdAt: Date(),
            attempts: 0,
        )
        let submission = Submission(program: Program(language: "sh", code: ""))
        for orders in [[true, false], [false, true], [true, false, true]] {
            let execution = LiveExecution(AcceptedSubmission(record: record, submission: submission))
            for handingBack in orders { execution.cancel(handingBack: handingBack) }
            #expect(execution.isCancelled && !execution.isHandedBack, "\(orders)")
        }
        let execution = LiveExecution(AcceptedSubmission(record: record, submission: submission))
        execution.cancel(handingBack: true)
        #expect(execution.isHandedBack && !execution.isCancelled)
    }
}

/// Runs every program until it is cancelled, and then until ``release()``, as one that takes its time to be killed.
private final class SlowRunner: ProgramRunner {
    private struct State {
        var isKilled = false
        var isReleased = false
    }

    private let state = Mutex(State())

    /// Whether the program has been cancelled.
    var isKilled: Bool { state.withLock { $0.isKilled } }

    /// Lets it be dead.
    func release() { state.withLock { $0.isReleased = true } }

    func run(
        _ submission: Submission,
        interaction: Interaction?,
        observe: @escaping @Sendable (ExecutionEvent) -> Void,
    ) async throws -> ExecutionResult {
        while !Task.isCancelled { try? await Task.sleep(for: .milliseconds(1)) }
        state.withLock { $0.isKilled = true }
        while !state.withLock({ $0.isReleased }) { await Task.yield() }
        return ExecutionResult(
            language: submission.program.language,
            verdict: .cancelled,
            termination: .signaled(9),
            limits: submission.limits,
            isolation: Isolation(layers: []),
        )
    }
}
