package import SandboxModel

/// What was seen of one run of a hostile program, from its record and from the host's side.
package struct Observation: Sendable {
    /// Its record.
    package var result: ExecutionResult
    /// Its source, which reports show too.
    package var source: [UInt8]
    /// What the program was not to show.
    package var token: String
    /// What became of the bait.
    package var harm: BaitHarm
    /// How far the host's counts moved; `nil` when nobody looked.
    package var fall: HostFall?
    /// The program that ran next; `nil` when none did.
    package var next: NextRun?
    /// What `@@EACH@@` stood for, in a run of a family.
    package var value: String?

    /// What was seen.
    package init(
        result: ExecutionResult,
        source: [UInt8] = [],
        token: String,
        harm: BaitHarm = BaitHarm(),
        fall: HostFall? = nil,
        next: NextRun? = nil,
        value: String? = nil,
    ) {
        self.result = result
        self.source = source
        self.token = token
        self.harm = harm
        self.fall = fall
        self.next = next
        self.value = value
    }
}

/// How a harmless program fared that ran right after a hostile one.
package struct NextRun: Sendable {
    /// What it should have printed.
    package var expected: String
    /// Its record.
    package var result: ExecutionResult
    /// How long it took, from request to record.
    package var time: Duration

    /// A run that took `time`.
    package init(expected: String, result: ExecutionResult, time: Duration) {
        self.expected = expected
        self.result = result
        self.time = time
    }
}
