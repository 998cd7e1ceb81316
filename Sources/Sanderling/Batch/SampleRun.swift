import SandboxModel

/// The runs of one sample, from its audit to its record.
struct SampleRun: Sendable {
    let sample: BatchSample
    let repeats: Int
    /// The reading of the clock at the start of the batch.
    let origin: Duration
    let now: @Sendable () -> Duration

    /// The sample's record: an earlier one when there is one that is finished, or else that of running it now.
    ///
    /// - Throws: ``/SandboxModel/SandboxError`` when the host refuses the whole batch.
    func result(
        on executor: some BatchExecutor,
        recorded: @Sendable (_ hash: String) async throws -> SampleResult?,
    ) async throws -> SampleResult {
        let hash = sample.contentHash
        if let record = try await recorded(hash), isFinished(record) {
            var record = record
            record.index = sample.index
            record.description = sample.description
            record.resumed = true
            return record
        }
        let startedAt = now() - origin
        var findings: [AuditFinding] = []
        var kept: ExecutionResult
        var failures: [String]
        var spread: RunSpread?
        do {
            if sample.audit { findings = try await executor.audit(sample) }
            (kept, failures, spread) = try await runs(on: executor)
        } catch let error as SandboxError where error.stopsBatch {
            throw error
        } catch is CancellationError {
            kept = interrupted
            failures = sample.expectation.failures(of: kept)
        } catch {
            kept = ExecutionResult(
                refusal: error,
                language: sample.program.language,
                policy: sample.policy,
                limits: sample.limits,
            )
            failures = sample.expectation.failures(of: kept)
        }
        return SampleResult(
            index: sample.index,
            description: sample.description,
            hash: hash,
            source: sample.program.source,
            result: kept,
            passed: failures.isEmpty,
            expectationFailures: failures,
            startedAt: startedAt,
            runs: spread,
            auditFindings: findings,
        )
    }

    /// Runs the sample as often as asked; keeps the first record that fails, or else the first.
    private func runs(
        on executor: some BatchExecutor
    ) async throws -> (ExecutionResult, failures: [String], spread: RunSpread?) {
        let first = try await executor.execute(sample)
        var (kept, failures) = (first, sample.expectation.failures(of: first))
        guard repeats > 1 else { return (kept, failures, nil) }
        var tally = RunTally()
        tally.add(first, passed: failures.isEmpty)
        for _ in 1..<repeats where kept.verdict != .cancelled {
            try Task.checkCancellation()
            let result = try await executor.execute(sample)
            let reasons = sample.expectation.failures(of: result)
            tally.add(result, passed: reasons.isEmpty)
            // Cancelled runs say nothing of the sample; the interruption outweighs what came before.
            if result.verdict == .cancelled || (failures.isEmpty && !reasons.isEmpty) {
                (kept, failures) = (result, reasons)
            }
        }
        return (kept, failures, tally.spread)
    }

    /// Whether an earlier record can stand in for running the sample now.
    private func isFinished(_ record: SampleResult) -> Bool {
        ![.cancelled, .internalError].contains(record.result.verdict) && (record.runs?.count ?? 1) == repeats
    }

    private var interrupted: ExecutionResult {
        ExecutionResult(
            language: sample.program.language,
            verdict: .cancelled,
            evidence: Evidence(source: "cancellation", value: "batch interrupted", attestedBy: .sanderling),
            errorMessage: "The batch was interrupted while the program ran.",
            limits: sample.limits,
            isolation: .ofNothing(under: sample.policy),
        )
    }
}

extension SandboxError {
    /// Whether no other sample could fare better: the host cannot isolate as asked.
    fileprivate var stopsBatch: Bool { code == .layerUnavailable || code == .launcherUnavailable }
}
