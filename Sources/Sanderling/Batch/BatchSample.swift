public import SandboxModel

/// One sample of a batch: what to run, how, and what should come of it.
public struct BatchSample: Sendable, Hashable {
    /// Its place in the file; the first is 0.
    public var index: Int
    /// What the file says it is.
    public var description: String
    /// What to run.
    public var program: Program
    /// What the program reads from standard input.
    public var standardInput: [UInt8]
    /// What it may reach.
    public var policy: Policy
    /// What it may consume.
    public var limits: Limits
    /// What should come of it.
    public var expectation: Expectation
    /// Whether its source is looked at before it runs.
    public var audit: Bool
    /// Whether it is left out where its language is not installed, rather than refused.
    public var optional: Bool
    /// Where it stands in the file.
    public var position: BatchPosition

    /// A sample with the given parts.
    public init(
        index: Int,
        description: String,
        program: Program,
        standardInput: [UInt8] = [],
        policy: Policy = Policy(),
        limits: Limits = Limits(),
        expectation: Expectation = Expectation(),
        audit: Bool = false,
        optional: Bool = false,
        position: BatchPosition = .start,
    ) {
        self.index = index
        self.description = description
        self.program = program
        self.standardInput = standardInput
        self.policy = policy
        self.limits = limits
        self.expectation = expectation
        self.audit = audit
        self.optional = optional
        self.position = position
    }
}
