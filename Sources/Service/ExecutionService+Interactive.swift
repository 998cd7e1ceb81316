import Foundation

extension ExecutionService {
    /// Accepts a submission whose program a connected caller talks to; it is on the disk when this returns.
    ///
    /// It takes its turn as others do. When the service ends before it does, it is reported as interrupted: whoever talked
    /// to it is gone, and it would wait for an input that nobody gives.
    ///
    /// - Parameters:
    ///   - request: What to run; its input comes before what the caller writes.
    ///   - caller: On whose behalf.
    ///   - interaction: The caller's way into the program.
    /// - Returns: The execution.
    /// - Throws: ``ServiceError``.
    package func submit(
        _ request: SubmissionRequest,
        by caller: Caller,
        interaction: Interaction,
    ) async throws -> LiveExecution {
        try caller.require(.submit)
        try await audit.catchUp()
        var submission = try await resolve(request, by: caller)
        submission.isInteractive = true
        let accepted = accept(submission, of: caller)
        try admit([accepted], of: caller)
        // Written before it runs, as what it reads would otherwise come to be read by nobody who was told of it.
        let executions = try await begin([accepted], of: caller, interaction: interaction)
        guard let execution = executions.first else { throw ServiceError(.internal, "nothing was accepted") }
        return execution
    }

    /// Ends an interactive execution whose service is being stopped.
    func interrupt(_ execution: LiveExecution) async {
        let ending = ExecutionEnding(state: .interrupted, finishedAt: .inMilliseconds)
        await conclude(execution, ending)
        end(execution, ending)
    }
}
