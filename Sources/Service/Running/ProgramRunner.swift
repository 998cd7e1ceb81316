package import SandboxModel
package import Sanderling

/// What runs submissions: a sandbox, or in tests something that only says it does.
package protocol ProgramRunner: Sendable {
    /// Runs a submission's program to its end.
    ///
    /// Cancelling the task kills the program, whose verdict is then `cancelled`.
    ///
    /// - Parameters:
    ///   - submission: What to run.
    ///   - interaction: Where its input and signals come from, or `nil` when they are all in the submission.
    ///   - observe: Told what happens.
    /// - Returns: The record of the execution.
    /// - Throws: ``/SandboxModel/SandboxError`` when it cannot be run; nothing has run then.
    func run(
        _ submission: Submission,
        interaction: Interaction?,
        observe: @escaping @Sendable (ExecutionEvent) -> Void,
    ) async throws -> ExecutionResult
}

extension Sandbox: ProgramRunner {
    package func run(
        _ submission: Submission,
        interaction: Interaction?,
        observe: @escaping @Sendable (ExecutionEvent) -> Void,
    ) async throws -> ExecutionResult {
        try await execute(
            submission.program,
            stdin: interaction?.input ?? (submission.stdin.isEmpty ? .empty : .bytes(submission.stdin)),
            policy: submission.policy,
            limits: submission.limits,
            compileLimits: submission.compileLimits,
            signals: interaction?.signals,
            emit: observe,
        )
    }
}
