import Foundation
import GRDB
import SandboxModel
import Testing

@testable import Service

/// The service without HTTP, with a runner that only says that it runs programs.
struct ExecutionServiceTests {
    private let request: @Sendable (String, String?, Int) -> SubmissionRequest = { code, label, priority in
        SubmissionRequest(program: Program(language: "sh", code: code), priority: priority, label: label)
    }

    private let ada = Caller(name: "ada", scopes: [.submit, .read])
    private let bob = Caller(name: "bob", scopes: [.submit, .read])

    @Test func `a submission is run and its result is kept`() async throws {
        try await ServiceHarness.run { [ada, request] harness in
            let accepted = try await harness.service.submit(request("print hello", "first", 0), by: ada)
            let details = try await harness.service.details(accepted.id, for: ada, waiting: .seconds(10))
            #expect(details.record.state == .finished)
            #expect(details.record.verdict == .ok)
            let result = try #require(details.result)
            #expect(String(decoding: result, as: UTF8.self).contains("\"stdout\":\"hello\""))
        }
    }

    /// Whoever waits for the end is told it before the database is asked.
    @Test func `what is told at the end is what is kept`() async throws {
        let directory = ServiceHarness.temporaryDirectory()
        defer { try? FileManager.default.removeItem(atPath: directory) }
        let queue: @Sendable (inout ServiceConfiguration) -> Void = { $0.queue.concurrency = 1 }
        try await ServiceHarness.run(in: directory, configure: queue) { [ada, request] harness in
            let service = harness.service
            var filed = request("print \u{e9}\0", "with files", -3)
            // In the database they are sorted by their bytes.
            filed.program.collect = ["z", "Z", "\u{e9}", "a/b"]
            let first = try await service.submit(filed, by: ada)
            await ExecutionService.end(of: [try #require(first.execution)], within: .seconds(10))
            let requests = [
                request("hold", "waits for its turn", 2), request("refuse", nil, 0), request("hold", nil, 0),
            ]
            var rest: [Acceptance] = []
            for request in requests { rest.append(try await service.submit(request, by: ada)) }
            try await service.cancel(rest[2].id, by: ada)
            harness.runner.release()
            for accepted in [first] + rest {
                let execution = try #require(accepted.execution)
                await ExecutionService.end(of: [execution], within: .seconds(10))
                let told = try #require(execution.ended)
                #expect(try await service.details(accepted.id, for: ada) == told)
                #expect(try await service.details(of: accepted, for: ada) == told)
                await #expect(throws: ServiceError.self) {
                    try await service.details(of: accepted, for: Caller(name: "bob", scopes: [.read]))
                }
            }
            #expect(rest.compactMap(\.execution?.ended?.record.state) == [.finished, .refused, .cancelled])
        }
    }

    /// What began before it was written down would be found waiting after a kill, and run again whatever
    /// `store.recovery` says.
    @Test func `a program that begins before its submission is written is noted as running`() async throws {
        try await ServiceHarness.run { [ada] harness in
            // Large, so that it takes longer to write down than to begin.
            let program = Program(language: "sh", code: "hold")
            let request = SubmissionRequest(
                program: program,
                stdin: [UInt8](repeating: 0xFF, count: 4_000_000),
            )
            let accepted = try await harness.service.submit(request, by: ada)
            let deadline = ContinuousClock.now + .seconds(60)
            var state = ExecutionState.queued
            while state == .queued, ContinuousClock.now < deadline {
                state = try await harness.service.details(accepted.id, for: ada).record.state
            }
            #expect(state == .running)
            harness.runner.release()
            let details = try await harness.service.details(accepted.id, for: ada, waiting: .seconds(60))
            #expect(details.record.state == .finished)
            #expect(details.record.attempts == 1)
        }
    }

    @Test func `what the sandbox refuses is told as a refusal`() async throws {
        try await ServiceHarness.run { [ada, request] harness in
            let accepted = try await harness.service.submit(request("refuse", nil, 0), by: ada)
            let details = try await harness.service.details(accepted.id, for: ada, waiting: .seconds(10))
            #expect(details.record.state == .refused)
            #expect(details.refusal?.code == "layer_unavailable")
            #expect(details.refusal?.mend == "build one")
        }
    }

    @Test func `an idempotency key runs its request once and no other`() async throws {
        try await ServiceHarness.run { [ada, bob, request] harness in
            let service = harness.service
            let first = try await service.submit(request("print a", "a", 0), by: ada, idempotencyKey: "k")
            let second = try await service.submit(request("print a", "a", 0), by: ada, idempotencyKey: "k")
            #expect(second.id == first.id)
            #expect(second.isRepeated && !first.isRepeated)
            let error = await #expect(throws: ServiceError.self) {
                try await service.submit(request("print b", "a", 0), by: ada, idempotencyKey: "k")
            }
            #expect(error?.code == .idempotencyMismatch)
            let other = try await service.submit(request("print a", "a", 0), by: bob, idempotencyKey: "k")
            #expect(other.id != first.id, "keys are each caller's own")
        }
    }

    @Test func `a caller's burst does not hold up another and does not exceed its share`() async throws {
        let runner = FakeRunner()
        try await ServiceHarness.run(
            runner: runner,
            configure: {
                $0.queue.concurrency = 2
                $0.callers.concurrency = 1
            },
        ) { [ada, bob, request] harness in
            let service = harness.service
            let first = try await service.submit(request("hold", "ada 1", 0), by: ada)
            for number in 2...5 {
                _ = try await service.submit(request("hold", "ada \(number)", 0), by: ada)
            }
            let last = try await service.submit(request("hold", "bob", 0), by: bob)
            while runner.order.count < 2 { await Task.yield() }
            #expect(Set(runner.order) == ["ada 1", "bob"])
            runner.release()
            for id in [first.id, last.id] {
                _ = try await service.details(id, for: id == last.id ? bob : ada, waiting: .seconds(10))
            }
        }
    }

    @Test func `beyond the bounds submissions are refused with the time to try again`() async throws {
        try await ServiceHarness.run(
            configure: {
                $0.queue.concurrency = 1
                $0.queue.length = 3
                $0.callers.queued = 2
            }
        ) { [ada, bob, request] harness in
            let service = harness.service
            for _ in 0..<3 { _ = try await service.submit(request("hold", nil, 0), by: ada) }
            let own = await #expect(throws: ServiceError.self) {
                try await service.submit(request("hold", nil, 0), by: ada)
            }
            #expect(own?.code == .callerQueueFull)
            _ = try await service.submit(request("hold", nil, 0), by: bob)
            let all = await #expect(throws: ServiceError.self) {
                try await service.submit(request("hold", nil, 0), by: bob)
            }
            #expect(all?.code == .queueFull)
            #expect(all?.retryAfter != nil)
            harness.runner.release()
        }
    }

    @Test func `a cancelled program is killed and a waiting one never runs`() async throws {
        let runner = FakeRunner()
        try await ServiceHarness.run(runner: runner, configure: { $0.queue.concurrency = 1 }) {
            [ada, request] harness in
            let service = harness.service
            let running = try await service.submit(request("hold", "running", 0), by: ada)
            let waiting = try await service.submit(request("hold", "waiting", 0), by: ada)
            try await service.cancel(waiting.id, by: ada)
            while runner.order.isEmpty { await Task.yield() }
            try await service.cancel(running.id, by: ada)
            let killed = try await service.details(running.id, for: ada, waiting: .seconds(10))
            #expect(killed.record.verdict == .cancelled)
            let dropped = try await service.details(waiting.id, for: ada)
            #expect(dropped.record.state == .cancelled)
            #expect(runner.order == ["running"])
        }
    }

    @Test func `what does not end in time is handed back and runs at the next start`() async throws {
        let directory = ServiceHarness.temporaryDirectory()
        defer { try? FileManager.default.removeItem(atPath: directory) }
        let ids = try await ServiceHarness.run(in: directory, configure: { $0.queue.concurrency = 1 }) {
            [ada, request] harness in
            let first = try await harness.service.submit(request("hold", "first", 0), by: ada)
            let second = try await harness.service.submit(request("print second", "second", 0), by: ada)
            return [first.id, second.id]
        }
        let runner = FakeRunner()
        runner.release()
        try await ServiceHarness.run(in: directory, runner: runner) { [ada] harness in
            for id in ids {
                let details = try await harness.service.details(id, for: ada, waiting: .seconds(10))
                #expect(details.record.state == .finished)
                #expect(details.record.verdict == .ok)
            }
        }
    }

    @Test func `what waited runs at the next start in the order it came, and by its priority`() async throws {
        let directory = ServiceHarness.temporaryDirectory()
        defer { try? FileManager.default.removeItem(atPath: directory) }
        let queue: @Sendable (inout ServiceConfiguration) -> Void = { $0.queue.concurrency = 1 }
        try await ServiceHarness.run(in: directory, configure: queue) { [ada, request] harness in
            // Their ids are of one millisecond or two.
            let requests = (0..<40).map { request("hold", "\($0)", $0 == 30 ? 1 : 0) }
            _ = try await harness.service.submit(batch: requests, by: ada)
        }
        let runner = FakeRunner()
        runner.release()
        try await ServiceHarness.run(in: directory, runner: runner, configure: queue) { [ada] harness in
            for record in try await harness.service.list(ExecutionFilter(), for: ada) {
                _ = try await harness.service.details(record.id, for: ada, waiting: .seconds(60))
            }
        }
        let rest = (0..<40).filter { $0 != 30 }
        #expect(runner.order == (["30"] + rest.map { "\($0)" }))
    }

    @Test(arguments: ServiceConfiguration.Recovery.allCases)
    func `what ran at a kill is run again or reported`(_ recovery: ServiceConfiguration.Recovery) async throws
    {
        let directory = ServiceHarness.temporaryDirectory()
        defer { try? FileManager.default.removeItem(atPath: directory) }
        let id = try await ServiceHarness.run(in: directory) { [ada, request] harness in
            let accepted = try await harness.service.submit(request("print x", nil, 0), by: ada)
            _ = try await harness.service.details(accepted.id, for: ada, waiting: .seconds(10))
            return accepted.id
        }
        // As a process leaves it that is killed while the program runs.
        let store = try Store(path: directory + "/service.sqlite")
        try await store.writer.write { database in
            try database.execute(
                sql: "UPDATE submission SET state = 'running', finished_at = NULL, result = NULL"
            )
        }
        store.close()
        try await ServiceHarness.run(in: directory, configure: { $0.store.recovery = recovery }) {
            [ada] harness in
            let details = try await harness.service.details(id, for: ada, waiting: .seconds(10))
            #expect(details.record.state == (recovery == .rerun ? .finished : .interrupted))
        }
    }

    @Test func `what is too old or too much goes and the latest stays`() async throws {
        try await ServiceHarness.run { [ada, request] harness in
            let service = harness.service
            var ids: [ExecutionID] = []
            for number in 0..<5 {
                let accepted = try await service.submit(request("print \(number)", nil, 0), by: ada)
                _ = try await service.details(accepted.id, for: ada, waiting: .seconds(10))
                ids.append(accepted.id)
            }
            let all = try await service.list(ExecutionFilter(), for: ada)
            #expect(all.map(\.id) == ids.reversed())
            #expect(try await service.store.expire(endedBefore: .distantPast, keeping: 4_000) > 0)
            let left = try await service.list(ExecutionFilter(), for: ada)
            #expect(left.first?.id == ids.last)
            #expect(left.count < 5)
            _ = try await service.store.expire(endedBefore: Date().addingTimeInterval(1), keeping: .max)
            #expect(try await service.list(ExecutionFilter(), for: ada).isEmpty)
        }
    }
}
