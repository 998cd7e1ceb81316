package import Reporting
package import SandboxModel

/// A program that a caller wants run, with everything that decides how.
///
/// Limits and policy are those that apply: what was asked for has been capped before.
package struct Submission: Sendable, Hashable {
    /// What to run.
    package var program: Program
    /// What it reads from standard input.
    package var stdin: [UInt8]
    /// What it may reach.
    package var policy: Policy
    /// Ceilings of its run stage.
    package var limits: Limits
    /// Ceilings of its compile stage; `nil` for the language's own.
    package var compileLimits: Limits?
    /// What was lowered to the operator's ceilings.
    package var capped: [CappedLimit]
    /// Which of the caller's own submissions go first; greater ones do.
    ///
    /// 0 by default.
    package var priority: Int
    /// What the caller calls it; means nothing to the service.
    package var label: String?
    /// What the interface that it came by keeps with it.
    package var note: InterfaceNote?
    /// Whether a connected caller gives it its input; such a one does not run again.
    package var isInteractive: Bool

    package init(
        program: Program,
        stdin: [UInt8] = [],
        policy: Policy = Policy(),
        limits: Limits = Limits(),
        compileLimits: Limits? = nil,
        capped: [CappedLimit] = [],
        priority: Int = 0,
        label: String? = nil,
        note: InterfaceNote? = nil,
        isInteractive: Bool = false,
    ) {
        self.program = program
        self.stdin = stdin
        self.policy = policy
        self.limits = limits
        self.compileLimits = compileLimits
        self.capped = capped
        self.priority = priority
        self.label = label
        self.note = note
        self.isInteractive = isInteractive
    }

    /// Bytes that it takes while it waits, about.
    package var size: Int {
        program.source.count + stdin.count
            + program.files.reduce(0) { $0 + $1.contents.count + $1.path.utf8.count }
            + (program.arguments + program.compilerOptions).reduce(0) { $0 + $1.utf8.count }
            + program.environment.reduce(0) { $0 + $1.key.utf8.count + $1.value.utf8.count }
            + (label?.utf8.count ?? 0) + (note?.contents.count ?? 0) + 512
    }
}

/// A limit that was asked for and lowered to the operator's ceiling.
package struct CappedLimit: Sendable, Hashable, Codable {
    /// Its key: `wall_time`.
    package var limit: String
    /// What was asked for, in seconds, bytes or as a count.
    package var requested: Double
    /// What applies.
    package var applied: Double
    /// Whose stage it limits.
    package var stage: Stage
}

extension CappedLimit {
    /// It as answers have it.
    package var json: JSONValue {
        [
            "stage": .string(stage.rawValue), "limit": .string(limit), "requested": .number(requested),
            "applied": .number(applied),
        ]
    }
}

extension ModulePolicy {
    /// It as requests, answers and the database have it: no list permits everything, an empty one nothing.
    package var json: JSONValue {
        let denied = JSONValue.array(denied.map(JSONValue.string))
        guard let allowed else { return ["denied": denied] }
        return ["denied": denied, "allowed": .array(allowed.map(JSONValue.string))]
    }
}
