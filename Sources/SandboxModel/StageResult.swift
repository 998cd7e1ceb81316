/// A part of an execution.
public enum Stage: String, Sendable, Hashable, Codable, CaseIterable {
    /// Translating the source; has limits of its own.
    case compile
    /// Running the program.
    case run
}

/// The record of a compile stage.
public struct StageResult: Sendable, Hashable {
    /// How the compiler ended, or `nil` when it never started.
    public var termination: Termination?
    /// What the compiler wrote to standard output.
    public var stdout: CapturedOutput
    /// What the compiler wrote to standard error.
    public var stderr: CapturedOutput
    /// What the stage consumed.
    public var usage: Usage
    /// The ceilings it ran under.
    public var limits: Limits
    /// The limit that ended it, if one did.
    public var limitExceeded: LimitHit?
    /// Whether the program had been compiled before.
    ///
    /// Nothing was compiled now then, and ``usage`` is nothing; what the compiler wrote is what it wrote at the time.
    public var cached: Bool

    /// A record of a compile stage.
    public init(
        termination: Termination?,
        stdout: CapturedOutput,
        stderr: CapturedOutput,
        usage: Usage,
        limits: Limits,
        limitExceeded: LimitHit? = nil,
        cached: Bool = false,
    ) {
        self.termination = termination
        self.stdout = stdout
        self.stderr = stderr
        self.usage = usage
        self.limits = limits
        self.limitExceeded = limitExceeded
        self.cached = cached
    }
}

/// A file that came out of the sandbox after every process in it was dead.
public struct CollectedFile: Sendable, Hashable {
    /// Its path, relative to the work directory.
    ///
    /// Of one that is not UTF-8, every byte beyond ASCII reads `\xNN`, and a backslash `\\`.
    public var path: String
    /// Its contents.
    public var contents: [UInt8]

    /// A collected file.
    public init(path: String, contents: [UInt8]) {
        self.path = path
        self.contents = contents
    }
}

/// One reading of the counters while a program ran.
public struct ResourceSample: Sendable, Hashable {
    /// Time since the program's first instruction.
    public var time: Duration
    /// Processor time consumed so far.
    public var cpuTime: Duration
    /// Memory in use.
    public var memory: ByteCount

    /// A reading.
    public init(time: Duration, cpuTime: Duration, memory: ByteCount) {
        self.time = time
        self.cpuTime = cpuTime
        self.memory = memory
    }
}
