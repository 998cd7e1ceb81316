import Languages
package import SandboxModel

extension ExecutionService {
    /// Runs a program at once for a caller that waits at the other end of a connection, exactly as it asks, or not at all.
    ///
    /// Who could as well run it by himself has no use for a turn in the queue, a lowered limit or a record that is kept:
    /// where one of those is needed, nothing is run. What has run is in the audit log, and nowhere else.
    ///
    /// - Parameters:
    ///   - program: What to run.
    ///   - policy: What it reaches, and which layers may be missing.
    ///   - limits: Ceilings of the run stage.
    ///   - compileLimits: Ceilings of the compile stage; `nil` for the language's own.
    ///   - caller: On whose behalf.
    ///   - interaction: The caller's way into the program.
    /// - Returns: The execution; its ``LiveExecution/outcome`` is how it ended.
    /// - Throws: ``ServiceError`` where it is not run.
    package func attend(
        _ program: Program,
        policy: Policy,
        limits: Limits,
        compileLimits: Limits?,
        by caller: Caller,
        interaction: Interaction,
    ) async throws -> LiveExecution {
        try caller.require(.submit)
        try await audit.catchUp()
        let request = SubmissionRequest(
            program: program,
            policy: policy,
            limits: LimitRequest(limits),
            compileLimits: compileLimits.map { LimitRequest($0) },
        )
        var submission = try await resolve(request, by: caller)
        submission.isInteractive = true
        let own = try? languages.definition(named: submission.program.language).compile?.limits
        guard submission.limits == limits,
            submission.compileLimits == nil || submission.compileLimits == compileLimits ?? own
        else {
            throw ServiceError(.forbidden, "the limits are beyond what this service gives")
        }
        guard submission.policy.allowMissing.isSubset(of: policy.allowMissing) else {
            throw ServiceError(.forbidden, "this service may lack layers that are asked for")
        }
        // Others may wait for their turn only because all places are taken.
        guard isIdle, hasRoom(caller.name) else {
            throw ServiceError(.queueFull, "as many programs run as may")
        }
        let accepted = accept(submission, of: caller)
        try admit([accepted], of: caller)
        count(1)
        let execution = LiveExecution(accepted, interaction: interaction, isKept: false)
        live[execution.id] = execution
        runningCount += 1
        running[caller.name, default: 0] += 1
        start(execution)
        tellGauges()
        return execution
    }
}
