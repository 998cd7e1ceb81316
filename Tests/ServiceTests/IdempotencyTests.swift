import Foundation
import HTTPTypes
import SandboxModel
import Service
import Testing

@testable import ServiceHTTP

/// Requests that come again.
struct IdempotencyTests {
    private static func request(_ code: String, label: String? = nil) -> SubmissionRequest {
        SubmissionRequest(program: Program(language: "sh", code: code), label: label)
    }

    /// Carries out `body` so often at once.
    private static func together<Value: Sendable>(
        _ count: Int,
        _ body: @escaping @Sendable () async throws -> Value,
    ) async throws -> [Value] {
        try await withThrowingTaskGroup(of: Value.self) { group in
            for _ in 0..<count { group.addTask { try await body() } }
            var values: [Value] = []
            for try await value in group { values.append(value) }
            return values
        }
    }

    @Test func `all that come at once are told of one execution, and of its end`() async throws {
        try await ServiceHarness.run { harness in
            let service = harness.service
            for round in 0..<25 {
                let acceptances = try await Self.together(3) {
                    try await service.submit(
                        Self.request("print \(round)"),
                        by: .local,
                        idempotencyKey: "key \(round)",
                        waiting: .seconds(60),
                    )
                }
                #expect(Set(acceptances.map(\.id)).count == 1)
                #expect(acceptances.count { !$0.isRepeated } == 1)
                for acceptance in acceptances {
                    let details = try await service.details(of: acceptance, for: .local)
                    #expect(details.record.state == .finished)
                }
            }
            #expect(harness.runner.order.count == 25)
        }
    }

    @Test func `all that come at once are told it live`() async throws {
        try await ServiceHarness.run { harness in
            for round in 0..<25 {
                let answers = try await Self.together(3) {
                    try await harness.ask(
                        .post,
                        "/v1/executions",
                        body: #"{"language":"sh","code":"print \#(round)"}"#,
                        headers: [.accept: "text/event-stream", .idempotencyKey: "key \(round)"],
                    )
                }
                for answer in answers {
                    let events = answer.text.split(separator: "\n").filter { $0.hasPrefix("event: ") }
                    #expect(events.last == "event: ended", "\(answer.text)")
                    #expect(answer.text.contains(#""state":"finished""#), "\(answer.text)")
                }
            }
        }
    }

    @Test func `what is accepted already needs no place and counts for no rate`() async throws {
        try await ServiceHarness.run(
            configure: {
                $0.queue.concurrency = 1
                $0.queue.length = 1
                $0.callers.rate = 2
            }
        ) { harness in
            let service = harness.service
            _ = try await service.submit(Self.request("hold"), by: .local)
            let first = try await service.submit(Self.request("hold"), by: .local, idempotencyKey: "key")
            #expect(!first.isRepeated)
            for _ in 0..<3 {
                let again = try await service.submit(Self.request("hold"), by: .local, idempotencyKey: "key")
                #expect(again.isRepeated)
                #expect(again.id == first.id)
                #expect(again.execution === first.execution)
            }
            let other = await #expect(throws: ServiceError.self) {
                try await service.submit(Self.request("hold"), by: .local, idempotencyKey: "other")
            }
            #expect(other?.code == .queueFull)
            harness.runner.release()
        }
    }

    @Test func `ceilings that have changed make no other request of the same`() async throws {
        let directory = ServiceHarness.temporaryDirectory()
        defer { try? FileManager.default.removeItem(atPath: directory) }
        var request = Self.request("print x")
        request.limits.memory = .megabytes(500)
        request.policy.network = .loopback
        let asked = request
        let first = try await ServiceHarness.run(in: directory) { harness in
            let first = try await harness.service.submit(asked, by: .local, idempotencyKey: "key")
            await first.execution?.end()
            return first.id
        }
        try await ServiceHarness.run(
            in: directory,
            configure: {
                $0.ceilings.memory = .megabytes(100)
                $0.policy.network = .none
            },
        ) { harness in
            let service = harness.service
            let again = try await service.submit(asked, by: .local, idempotencyKey: "key")
            #expect(again.id == first)
            #expect(again.isRepeated)
            // Both are lowered to the same.
            var other = asked
            other.limits.memory = .megabytes(501)
            let request = other
            let error = await #expect(throws: ServiceError.self) {
                try await service.submit(request, by: .local, idempotencyKey: "key")
            }
            #expect(error?.code == .idempotencyMismatch)
        }
    }

    @Test func `a batch that comes again is that of the first time`() async throws {
        try await ServiceHarness.run { harness in
            let body =
                #"{"executions":[{"language":"sh","code":"print a"},{"language":"sh","code":"print b"}]}"#
            let answers = try await Self.together(3) {
                try await harness.ask(
                    .post,
                    "/v1/batches?wait=true",
                    body: body,
                    headers: [.idempotencyKey: "key"],
                )
            }
            #expect(answers.allSatisfy { $0.status == 201 })
            #expect(Set(answers.map { $0.json["id"] as? String }).count == 1)
            #expect(answers.count { $0.headers[.idempotentReplay] == "true" } == 2)
            #expect(harness.runner.order.count == 2)
            let again = try await harness.ask(
                .post,
                "/v1/batches",
                body: body,
                headers: [.idempotencyKey: "key"],
            )
            #expect(again.json["id"] as? String == answers[0].json["id"] as? String, "\(again.text)")
            for (path, body) in [
                ("/v1/batches", #"{"executions":[{"language":"sh","code":"print a"}]}"#),
                ("/v1/executions", #"{"language":"sh","code":"print a"}"#),
            ] {
                let other = try await harness.ask(
                    .post,
                    path,
                    body: body,
                    headers: [.idempotencyKey: "key"],
                )
                #expect(other.status == 422, "\(other.text)")
            }
        }
    }

    @Test func `those that come at once do not find the same place in the queue free`() async throws {
        try await ServiceHarness.run(
            configure: {
                $0.queue.concurrency = 1
                $0.queue.length = 3
            }
        ) { harness in
            let service = harness.service
            let held = try await service.submit(Self.request("hold"), by: .local)
            let accepted = try await Self.together(16) {
                let requests = [Self.request("print a"), Self.request("print b")]
                do {
                    _ = try await service.submit(batch: requests, by: .local)
                    return true
                } catch let error as ServiceError where error.code == .queueFull {
                    return false
                }
            }
            #expect(accepted.count { $0 } == 1)
            // Their places were given back.
            _ = try await service.submit(Self.request("print c"), by: .local, idempotencyKey: "key")
            harness.runner.release()
            await held.execution?.end()
        }
    }
}
