package import SandboxModel

/// A program that a caller asks to be run, before anything was decided about it.
///
/// Every interface of the service, native or drop-in, makes these; ``ExecutionService`` caps and refuses.
package struct SubmissionRequest: Sendable, Hashable {
    /// What to run.
    package var program: Program
    /// What it reads from standard input.
    package var stdin: [UInt8]
    /// What it asks to reach.
    package var policy: Policy
    /// The limits that it names of its run stage.
    package var limits: LimitRequest
    /// The limits that it names of its compile stage.
    package var compileLimits: LimitRequest?
    /// Which of the caller's own submissions go first: -100 to 100, greater ones first.
    package var priority: Int
    /// What the caller calls it; at most 200 characters.
    package var label: String?
    /// What the interface that it came by keeps with it.
    package var note: InterfaceNote?

    package init(
        program: Program,
        stdin: [UInt8] = [],
        policy: Policy = Policy(),
        limits: LimitRequest = LimitRequest(),
        compileLimits: LimitRequest? = nil,
        priority: Int = 0,
        label: String? = nil,
        note: InterfaceNote? = nil,
    ) {
        self.program = program
        self.stdin = stdin
        self.policy = policy
        self.limits = limits
        self.compileLimits = compileLimits
        self.priority = priority
        self.label = label
        self.note = note
    }
}
