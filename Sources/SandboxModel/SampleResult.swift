/// What became of one sample of a batch.
public struct SampleResult: Sendable, Hashable {
    /// Its place in the batch file; the first is 0.
    public var index: Int
    /// What the file says it is.
    public var description: String
    /// The hash of everything that decides its outcome, in hexadecimal; `--resume` compares it.
    public var hash: String
    /// Its source, for display.
    public var source: [UInt8]
    /// The record of its execution; of the first one that failed, or else of the first, when it ran more than once.
    public var result: ExecutionResult
    /// Whether it met its expectation: success, when it names none.
    public var passed: Bool
    /// Why it did not, one sentence each; empty when ``passed``.
    public var expectationFailures: [String]
    /// When it started, since the start of the batch.
    public var startedAt: Duration
    /// How its runs compare, when it ran more than once.
    public var runs: RunSpread?
    /// Whether the record was taken over from an earlier report.
    public var resumed: Bool
    /// What an audit found in its source; empty when there was none.
    public var auditFindings: [AuditFinding]

    /// A sample's record.
    public init(
        index: Int,
        description: String,
        hash: String,
        source: [UInt8] = [],
        result: ExecutionResult,
        passed: Bool,
        expectationFailures: [String] = [],
        startedAt: Duration = .zero,
        runs: RunSpread? = nil,
        resumed: Bool = false,
        auditFindings: [AuditFinding] = [],
    ) {
        self.index = index
        self.description = description
        self.hash = hash
        self.source = source
        self.result = result
        self.passed = passed
        self.expectationFailures = expectationFailures
        self.startedAt = startedAt
        self.runs = runs
        self.resumed = resumed
        self.auditFindings = auditFindings
    }
}
