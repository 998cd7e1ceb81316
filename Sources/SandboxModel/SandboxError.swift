/// A request that could not be carried out, or a host that could not enforce what was asked.
///
/// What the program did wrong is never an error: it is a ``Verdict``.
public struct SandboxError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The reason, for callers that branch on it.
    public struct Code: Sendable, Hashable, RawRepresentable {
        /// The code's stable name.
        public let rawValue: String

        /// A code by its name.
        public init(rawValue: String) { self.rawValue = rawValue }

        /// The request itself is wrong: a path, a limit, a name.
        public static let invalidRequest = Code(rawValue: "invalid_request")
        /// No definition for the language.
        public static let unknownLanguage = Code(rawValue: "unknown_language")
        /// The language is known but its implementation is not installed.
        public static let languageNotInstalled = Code(rawValue: "language_not_installed")
        /// The host cannot enforce a required layer; ``SandboxError/layers`` names it.
        public static let layerUnavailable = Code(rawValue: "layer_unavailable")
        /// The launcher is absent, is not ours, or is of another version.
        public static let launcherUnavailable = Code(rawValue: "launcher_unavailable")
        /// The host is out of something: descriptors, memory, processes.
        public static let noCapacity = Code(rawValue: "no_capacity")
        /// As many executions run as the sandbox admits, and it was configured not to let others wait.
        public static let busy = Code(rawValue: "busy")
        /// A defect in Sanderling.
        public static let `internal` = Code(rawValue: "internal")
    }

    /// The reason.
    public let code: Code
    /// What is wrong, in one sentence.
    public let message: String
    /// What to do about it, or `nil` when nothing can be.
    public let mend: String?
    /// The layers that the host cannot enforce, for ``Code/layerUnavailable``.
    public let layers: [Layer]

    /// An error with its mend.
    public init(_ code: Code, _ message: String, mend: String? = nil, layers: [Layer] = []) {
        self.code = code
        self.message = message
        self.mend = mend
        self.layers = layers
    }

    /// The message and, where there is one, the mend.
    public var description: String { mend.map { "\(message); \($0)" } ?? message }
}
