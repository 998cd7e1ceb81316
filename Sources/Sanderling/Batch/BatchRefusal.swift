public import SandboxModel

/// Samples that this host cannot run as they ask; nothing of the batch has been run.
public struct BatchRefusal: Error, Sendable, Hashable, CustomStringConvertible {
    /// Why one sample cannot be run.
    public struct Reason: Sendable, Hashable, CustomStringConvertible {
        /// Where the sample stands in the file.
        public let position: BatchPosition
        /// What it lacks.
        public let error: SandboxError

        /// A reason for the sample at `position`.
        public init(position: BatchPosition, error: SandboxError) {
            self.position = position
            self.error = error
        }

        /// The place, what is missing, and the mend.
        public var description: String { "\(position): \(error)" }
    }

    /// The reasons, in the order of the file.
    public let reasons: [Reason]

    /// A refusal for `reasons`.
    public init(reasons: [Reason]) { self.reasons = reasons }

    /// One line for each reason.
    public var description: String { reasons.map(\.description).joined(separator: "\n") }
}
