/// The final record of one execution.
public struct ExecutionResult: Sendable, Hashable {
    /// The language's name: `python`.
    public var language: String
    /// The version of the language's implementation, or `nil` when it is not known.
    public var version: String?
    /// Our reading of how it ended.
    public var verdict: Verdict
    /// How the main process ended, or `nil` when it never started.
    public var termination: Termination?
    /// What proves the verdict; `nil` for ``Verdict/ok``.
    public var evidence: Evidence?
    /// What the program wrote to standard output.
    public var stdout: CapturedOutput
    /// What the program wrote to standard error.
    public var stderr: CapturedOutput
    /// One sentence a person understands; `nil` for ``Verdict/ok``.
    public var errorMessage: String?
    /// What the run stage consumed.
    public var usage: Usage
    /// The ceilings it ran under.
    public var limits: Limits
    /// Limits that were reached, fatal or not.
    public var limitsHit: [LimitHit]
    /// The walls that stood around it.
    public var isolation: Isolation
    /// What the program tried and was refused.
    public var violations: [Violation]
    /// The compile stage, when there was one.
    public var compile: StageResult?
    /// Files that were collected.
    public var files: [CollectedFile]
    /// Whether every file that matched was collected; false when some were more than the disk limit, more than
    /// 10,000 or 64 directories deep, or could not be read.
    public var filesComplete: Bool
    /// Readings over time, for programs that ran long enough to have some.
    public var samples: [ResourceSample]

    /// A record with the given parts.
    public init(
        language: String,
        version: String? = nil,
        verdict: Verdict,
        termination: Termination? = nil,
        evidence: Evidence? = nil,
        stdout: CapturedOutput = CapturedOutput(),
        stderr: CapturedOutput = CapturedOutput(),
        errorMessage: String? = nil,
        usage: Usage = Usage(),
        limits: Limits,
        limitsHit: [LimitHit] = [],
        isolation: Isolation,
        violations: [Violation] = [],
        compile: StageResult? = nil,
        files: [CollectedFile] = [],
        filesComplete: Bool = true,
        samples: [ResourceSample] = [],
    ) {
        self.language = language
        self.version = version
        self.verdict = verdict
        self.termination = termination
        self.evidence = evidence
        self.stdout = stdout
        self.stderr = stderr
        self.errorMessage = errorMessage
        self.usage = usage
        self.limits = limits
        self.limitsHit = limitsHit
        self.isolation = isolation
        self.violations = violations
        self.compile = compile
        self.files = files
        self.filesComplete = filesComplete
        self.samples = samples
    }

    /// Whether the program exited 0 within every limit.
    public var success: Bool { verdict == .ok }

    /// The program's own exit code, or -1 when it did not exit by itself.
    public var exitCode: Int32 { termination?.exitCode ?? -1 }
}
