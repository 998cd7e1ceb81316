public import SandboxModel

extension Sandbox: BatchExecutor {
    /// Refuses samples whose policy or limits call for a layer that this host lacks and they cannot do without.
    ///
    /// - Throws: ``SandboxError`` with `layerUnavailable`.
    public func check(_ samples: [BatchSample]) async throws {
        for sample in samples {
            _ = try LayerRequirements(policy: sample.policy, limits: sample.limits)
                .settle(unavailable: engine.unavailable, allowMissing: sample.policy.allowMissing)
        }
    }

    /// Runs a sample once, with what it says it reads.
    ///
    /// - Throws: What ``execute(_:stdin:policy:limits:compileLimits:)`` does.
    public func execute(_ sample: BatchSample) async throws -> ExecutionResult {
        try await execute(
            sample.program,
            stdin: .bytes(sample.standardInput),
            policy: sample.policy,
            limits: sample.limits,
        )
    }

    /// Looks at a sample's source; see ``ProgramAudit``.
    ///
    /// - Throws: What ``ProgramAudit/findings(in:sandbox:)`` does.
    public func audit(_ sample: BatchSample) async throws -> [AuditFinding] {
        try await ProgramAudit.findings(in: sample.program, sandbox: self)
    }
}
