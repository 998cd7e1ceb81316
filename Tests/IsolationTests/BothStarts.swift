import SandboxModel
import SandboxProbe
import Testing

@testable import SandboxEngine
@testable import Sanderling

/// The same program started cold, by an interpreter of its own, and warm, in a copy of one that had started before.
enum BothStarts {
    /// Runs `program` in a sandbox that keeps nothing ready, and then in one until an interpreter was ready for it.
    static func run(
        _ program: Program,
        stdin: StandardInput = .empty,
        policy: Policy = Policy(),
        limits: Limits = Limits(),
    ) async throws -> (cold: ExecutionResult, warm: ExecutionResult) {
        try await Probe.pass {
            let cold = try await withSandbox(.init(readyCells: 0)) { sandbox in
                try await sandbox.execute(program, stdin: stdin, policy: policy, limits: limits)
            }
            let warm = try await withSandbox { sandbox in
                try await runWarm(program, stdin: stdin, policy: policy, limits: limits, in: sandbox)
            }
            return (cold, warm)
        }
    }

    /// Runs `program` until it found an interpreter that had started.
    static func runWarm(
        _ program: Program,
        stdin: StandardInput = .empty,
        policy: Policy = Policy(),
        limits: Limits = Limits(),
        in sandbox: Sandbox,
    ) async throws -> ExecutionResult {
        for _ in 0..<200 {
            let before = sandbox.engine.pool.statistics.warm
            let result = try await sandbox.execute(program, stdin: stdin, policy: policy, limits: limits)
            if sandbox.engine.pool.statistics.warm > before { return result }
            try await Task.sleep(for: .milliseconds(50))
        }
        throw SandboxError(.internal, "no interpreter ever became ready")
    }

    /// A line without what differs from cell to cell and from start to start: ids on the host, and addresses.
    static func withoutNumbers(_ line: String) -> String {
        line.replacing(/0x[0-9a-f]+/, with: "0x").replacing(/([ug]id)=[0-9]+/, with: { "\($0.output.1)=" })
    }

    /// Expects the same of both: output, errors, end, verdict, evidence, refused calls, files.
    static func expectSame(
        _ cold: ExecutionResult,
        _ warm: ExecutionResult,
        sourceLocation: SourceLocation = #_sourceLocation,
    ) {
        #expect(warm.verdict == cold.verdict, sourceLocation: sourceLocation)
        #expect(warm.termination == cold.termination, sourceLocation: sourceLocation)
        #expect(
            warm.stdout.text.map(withoutNumbers) == cold.stdout.text.map(withoutNumbers),
            sourceLocation: sourceLocation,
        )
        #expect(
            warm.stderr.text.map(withoutNumbers) == cold.stderr.text.map(withoutNumbers),
            sourceLocation: sourceLocation,
        )
        #expect(warm.violations.map(\.name) == cold.violations.map(\.name), sourceLocation: sourceLocation)
        #expect(warm.limitsHit.map(\.limit) == cold.limitsHit.map(\.limit), sourceLocation: sourceLocation)
        #expect(warm.evidence.map(\.source) == cold.evidence.map(\.source), sourceLocation: sourceLocation)
        #expect(warm.files == cold.files, sourceLocation: sourceLocation)
    }
}
