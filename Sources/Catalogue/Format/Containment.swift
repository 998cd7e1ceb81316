package import SandboxModel

/// What must hold for a hostile program to count as contained.
package struct Containment: Sendable, Hashable {
    /// Verdicts that are right.
    package var verdicts: [Verdict]
    /// The exit code that the program must end with; any will do where there is none.
    package var exit: ExpectedExit?
    /// Regular expressions that standard output must match somewhere.
    package var output: [String]
    /// Regular expressions that neither stream may match anywhere, besides ``breach``.
    package var never: [String]
    /// What is looked at from the host's side.
    ///
    /// The first four of ``HostCheck`` always are, as looking costs nothing.
    package var host: Set<HostCheck>
    /// What is said of the files that come out; nothing where there is none.
    package var collected: CollectedRule?

    /// What a program prints when it got through.
    package static let breach = "BREACH"

    /// The exit code of a program.
    package enum ExpectedExit: Sendable, Hashable {
        /// This one.
        case code(Int32)
        /// The one that `@@EACH@@` stands for.
        case each
    }

    /// Rules; without arguments, a program that must succeed.
    package init(
        verdicts: [Verdict] = [.ok],
        exit: ExpectedExit? = nil,
        output: [String] = [],
        never: [String] = [],
        host: Set<HostCheck> = [],
        collected: CollectedRule? = nil,
    ) {
        self.verdicts = verdicts
        self.exit = exit
        self.output = output
        self.never = never
        self.host = host
        self.collected = collected
    }
}
