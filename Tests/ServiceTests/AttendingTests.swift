import Foundation
import SandboxModel
import Testing

@testable import Service

/// Programs of callers that wait at the other end of a connection.
struct AttendingTests {
    private static let user = Caller(name: "uid-1", scopes: [.submit])

    private static func attend(
        _ code: String,
        in harness: ServiceHarness,
        policy: Policy = Policy(),
        limits: Limits = Limits(),
        collect: [String] = [],
    ) async throws -> LiveExecution {
        var program = Program(language: "sh", code: code)
        program.collect = collect
        return try await harness.service.attend(
            program,
            policy: policy,
            limits: limits,
            compileLimits: nil,
            by: user,
            interaction: Interaction(),
        )
    }

    private static func audit(_ harness: ServiceHarness) throws -> [String] {
        let text = try String(contentsOfFile: harness.service.configuration.auditLogPath, encoding: .utf8)
        return text.split(separator: "\n").map(String.init)
    }

    @Test func `one is run and audited, and kept nowhere else`() async throws {
        try await ServiceHarness.run { harness in
            let execution = try await Self.attend("print hello", in: harness, collect: ["out.txt"])
            await execution.end()
            let result = try #require(try execution.outcome?.get())
            #expect(result.stdout.text == "hello")
            #expect(result.files.map(\.path) == ["out.txt"])
            let reader = Caller(name: "uid-1", scopes: [.submit, .read])
            await #expect(throws: ServiceError.self) {
                try await harness.service.details(execution.id, for: reader)
            }
            let lines = try Self.audit(harness)
            #expect(lines.count == 1)
            #expect(lines.first?.contains(#""caller":"uid-1""#) == true)
        }
    }

    @Test func `what the sandbox refuses is its outcome`() async throws {
        try await ServiceHarness.run { harness in
            let execution = try await Self.attend("refuse", in: harness)
            await execution.end()
            #expect { try execution.outcome?.get() } throws: { ($0 as? SandboxError)?.mend == "build one" }
            #expect(try Self.audit(harness).first?.contains(#""state":"refused""#) == true)
        }
    }

    @Test func `one that would be limited, or less walled, than it asks is not run`() async throws {
        try await ServiceHarness.run(configure: { $0.policy.allowMissing = [.landlock] }) { harness in
            let missing = Policy(allowMissing: [.landlock, .seccomp])
            for (policy, limits) in [
                (missing, Limits(wallTime: .seconds(61))), (missing, Limits(memory: .megabytes(1_001))),
                (Policy(network: .host, allowMissing: [.landlock]), Limits()), (Policy(), Limits()),
                (Policy(allowMissing: [.landlock, .seccomp], isolation: .landlock), Limits()),
            ] {
                await #expect(throws: ServiceError.self) {
                    try await Self.attend("print no", in: harness, policy: policy, limits: limits)
                }
            }
            let execution = try await Self.attend("print yes", in: harness, policy: missing)
            await execution.end()
            #expect(harness.runner.order.count == 1)
        }
    }

    @Test func `one takes a place like any other, or is not run`() async throws {
        try await ServiceHarness.run(
            configure: {
                $0.queue.concurrency = 2
                $0.callers.concurrency = 1
            },
            { harness in
                let held = try await Self.attend("hold", in: harness)
                await #expect(throws: ServiceError.self) { try await Self.attend("print no", in: harness) }
                held.cancel()
                await held.end()
                #expect(try held.outcome?.get().verdict == .cancelled)
                // The place is given back once the execution is left, soon after its end.
                var next: LiveExecution?
                for _ in 0..<1_000 where next == nil {
                    next = try? await Self.attend("print yes", in: harness)
                    if next == nil { try await Task.sleep(for: .milliseconds(10)) }
                }
                await next?.end()
                #expect(try next?.outcome?.get().stdout.text == "yes")
            },
        )
    }

    @Test func `one that runs when the service is stopped is told as interrupted, and does not run again`()
        async throws
    {
        let directory = ServiceHarness.temporaryDirectory()
        defer { try? FileManager.default.removeItem(atPath: directory) }
        let execution = try await ServiceHarness.run(in: directory) { harness in
            try await Self.attend("hold", in: harness)
        }
        await execution.end()
        #expect(execution.outcome == nil)
        try await ServiceHarness.run(in: directory) { harness in
            let lines = try Self.audit(harness)
            #expect(lines.count == 1)
            #expect(lines.first?.contains(#""state":"interrupted""#) == true)
            #expect(harness.runner.order.isEmpty)
        }
    }
}
