import LaunchProtocol
package import SandboxModel

/// Puts an execution's record together from what its stages left.
package struct ResultAssembly: Sendable {
    let preparation: ProgramPreparation
    let outcome: ExecutionDriver.Outcome
    let layers: [Layer]
    let missing: [Layer]

    /// The record.
    package func result(language: String, version: String?) -> ExecutionResult {
        let plan = preparation.plan
        var result = ExecutionResult(
            language: language,
            version: version,
            verdict: .internalError,
            limits: plan.limits,
            isolation: Isolation(
                layers: layers,
                missing: missing,
                network: plan.policy.network,
                filesystem: plan.policy.filesystem,
                privateDirectory: plan.privateDirectory,
                modules: preparation.modules,
                kind: plan.policy.isolation,
            ),
            compile: compileResult,
            files: outcome.files,
            filesComplete: outcome.filesComplete,
        )
        guard let record = outcome.run else {
            describeFailedCompile(&result)
            return result
        }
        let report = ModuleGuard.read(record.guardReport)
        let reading = VerdictRule.read(record, limits: plan.limits, refusedModule: report.fatalModule)
        result.verdict = reading.verdict
        result.evidence = reading.evidence
        result.errorMessage = reading.message
        result.limitsHit = reading.limitsHit
        result.termination = record.termination
        result.stdout = record.stdout
        result.stderr = record.stderr
        result.usage = record.usage
        result.samples = record.samples
        result.violations = violations(record.refusedCalls) + report.violations
        return result
    }

    // MARK: Compiling

    /// The compile stage as one: its commands' output and consumption together.
    private var compileResult: StageResult? {
        let limits = preparation.plan.compileLimits
        if let compiled = preparation.plan.compiled { return StageResult(cached: compiled, limits: limits) }
        guard let last = outcome.compile.last else { return nil }
        var usage = last.usage
        for record in outcome.compile.dropLast() {
            usage.wallTime += record.usage.wallTime
            usage.cpuTime += record.usage.cpuTime
            usage.userTime += record.usage.userTime
            usage.systemTime += record.usage.systemTime
            usage.memory = max(usage.memory, record.usage.memory)
            usage.processes = max(usage.processes, record.usage.processes)
            usage.output = .bytes(usage.output.bytes + record.usage.output.bytes)
        }
        let reading = VerdictRule.read(last, limits: limits)
        return StageResult(
            termination: last.termination,
            stdout: outcome.compile.joined(\.stdout),
            stderr: outcome.compile.joined(\.stderr),
            usage: usage,
            limits: limits,
            limitExceeded: reading.verdict == .ok ? nil : reading.limitsHit.first,
        )
    }

    private func describeFailedCompile(_ result: inout ExecutionResult) {
        guard let record = outcome.compile.last else { return }
        let reading = VerdictRule.read(record, limits: preparation.plan.compileLimits)
        result.violations = violations(record.refusedCalls)
        if reading.verdict == .cancelled || reading.verdict == .internalError {
            result.verdict = reading.verdict
            result.evidence = reading.evidence
            result.errorMessage = reading.message
            return
        }
        result.verdict = .compileFailed
        result.evidence = reading.evidence.map { evidence in
            Evidence(
                source: "compile: " + evidence.source,
                value: evidence.value,
                attestedBy: evidence.attestedBy,
            )
        }
        result.errorMessage =
            reading.verdict == .nonzeroExit
            ? "the program did not compile" : "compiling failed: " + (reading.message ?? "")
    }

    private func violations(_ calls: [RefusedCall]) -> [Violation] {
        /// Calls that differ only in arguments that do not matter are one.
        struct Key: Hashable {
            let name: String
            let arguments: [String]
        }
        var violations: [Violation] = []
        var places: [Key: Int] = [:]
        for call in calls {
            let name = SystemCallName.resolve(number: call.number, architecture: call.architecture)
            let violation = Violation(
                kind: .systemCall,
                name: name,
                arguments: SystemCallArguments.describe(name: name, args: call.arguments),
                count: Int(call.count),
                attestedBy: .kernel,
            )
            let key = Key(name: name, arguments: violation.arguments)
            if let same = places[key] {
                violations[same].count += violation.count
            } else {
                places[key] = violations.count
                violations.append(violation)
            }
        }
        return violations
    }
}
