package import SandboxModel
package import Sanderling

/// What runs submissions: a sandbox, or in tests something that only says it does.
package protocol ProgramRunner: Sendable {
    /// Runs a submission's program to its end.
    ///
    /// Cancelling the task kills the program, whose verdict is then `cancelled`.
    ///
    /// - Throws: ``/SandboxModel/SandboxError`` when it cannot be run; nothing has run then.
    func run(
        _ submission: Submission,
        observe: @escaping @Sendable (ExecutionEvent) -> Void,
    ) async throws -> ExecutionResult
}

extension Sandbox: ProgramRunner {
    package func run(
        _ submission: Submission,
        observe: @escaping @Sendable (ExecutionEvent) -> Void,
    ) async throws -> ExecutionResult {
        try await execute(
            submission.program,
            stdin: submission.stdin.isEmpty ? .empty : .bytes(submission.stdin),
            policy: submission.policy,
            limits: submission.limits,
            compileLimits: submission.compileLimits,
            emit: observe,
        )
    }
}
