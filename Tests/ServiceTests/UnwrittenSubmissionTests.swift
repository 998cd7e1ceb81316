import Foundation
import SandboxModel
import Service
import Testing

/// Submissions of which the disk does not say that it has them; their callers were told that they are not accepted.
@Suite struct UnwrittenSubmissionTests {
    private static func request(_ code: String) -> SubmissionRequest {
        SubmissionRequest(program: Program(language: "sh", code: code), label: code)
    }

    /// Runs `body` while the database's log cannot be found by its name, so that waiting for the disk fails.
    private static func withoutDisk(
        of harness: ServiceHarness,
        _ body: () async throws -> Void,
    ) async throws {
        let log = harness.service.configuration.databasePath + "-wal"
        try FileManager.default.moveItem(atPath: log, toPath: log + ".away")
        try await body()
        try FileManager.default.moveItem(atPath: log + ".away", toPath: log)
    }

    @Test func `one that waited for its turn is not kept and never runs`() async throws {
        try await ServiceHarness.run(configure: { $0.queue.concurrency = 1 }) { harness in
            let service = harness.service
            let first = try #require(try await service.submit(Self.request("hold"), by: .local).execution)
            try await Self.withoutDisk(of: harness) {
                let error = await #expect(throws: ServiceError.self) {
                    try await service.submit(Self.request("print lost"), by: .local)
                }
                #expect(error?.code == .storage)
                await #expect(throws: ServiceError.self) {
                    try await service.submit(batch: [Self.request("print lost")], by: .local)
                }
            }
            #expect(try await service.list(ExecutionFilter(), for: .local).map(\.id) == [first.id])
            harness.runner.release()
            await first.end()
            let last = try #require(
                try await service.submit(Self.request("print last"), by: .local).execution
            )
            await last.end()
            #expect(harness.runner.order == ["hold", "print last"])
        }
    }

    @Test func `whoever waits for the end of one is told at once, whether it runs or waits for its turn`()
        async throws
    {
        try await ServiceHarness.run(configure: { $0.queue.concurrency = 1 }) { harness in
            let service = harness.service
            try await Self.withoutDisk(of: harness) {
                let error = await #expect(throws: ServiceError.self) {
                    try await service.submit(Self.request("hold"), by: .local, waiting: .seconds(86_400))
                }
                #expect(error?.code == .storage)
            }
            let first = try #require(try await service.submit(Self.request("hold"), by: .local).execution)
            try await Self.withoutDisk(of: harness) {
                await #expect(throws: ServiceError.self) {
                    try await service.submit(
                        Self.request("print lost"),
                        by: .local,
                        waiting: .seconds(86_400),
                    )
                }
            }
            harness.runner.release()
            await first.end()
            let last = try await service.submit(
                Self.request("print last"),
                by: .local,
                waiting: .seconds(60),
            )
            #expect(try await service.details(of: last, for: .local).record.state == .finished)
            #expect(harness.runner.order == ["hold", "hold", "print last"])
        }
    }

    @Test func `one under an idempotency key is accepted when it comes again`() async throws {
        try await ServiceHarness.run { harness in
            let service = harness.service
            // From here on the database is read on connections that are open: a new one would look for the log.
            let first = try await service.submit(
                Self.request("print first"),
                by: .local,
                idempotencyKey: "first",
            )
            _ = try await service.details(first.id, for: .local, waiting: .seconds(60))
            _ = try await service.list(ExecutionFilter(), for: .local)
            try await Self.withoutDisk(of: harness) {
                let error = await #expect(throws: ServiceError.self) {
                    try await service.submit(Self.request("print once"), by: .local, idempotencyKey: "key")
                }
                #expect(error?.code == .storage)
            }
            let again = try await service.submit(
                Self.request("print once"),
                by: .local,
                idempotencyKey: "key",
            )
            #expect(!again.isRepeated)
            await again.execution?.end()
            #expect(harness.runner.order == ["print first", "print once"])
        }
    }
}
