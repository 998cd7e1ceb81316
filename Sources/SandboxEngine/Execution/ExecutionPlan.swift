import Languages
package import SandboxModel

/// A program made ready to run: what goes into the cell and which commands run there, with nothing left to decide.
package struct ExecutionPlan: Sendable {
    /// One command of a stage.
    struct Command: Sendable, Hashable {
        /// The executable's path in the cell.
        var executable: String
        /// Its arguments, its own name first.
        var arguments: [String]
        /// Its environment.
        var environment: [String: String]
    }

    /// A module guard that the run stage starts under.
    struct Guard: Sendable {
        /// The host directory with its files.
        var directory: String
        /// What it reads, as a file at ``CellLayout/guardPolicy``.
        var policy: [UInt8]
    }

    /// The language's name.
    package var language = ""
    /// The language's family, which decides the system-call filter of every stage.
    var family = LanguageDefinition.Family.native
    /// The files of the language's implementation, whose replacement makes it another.
    var implementation: [String] = []
    /// Files of the work directory: the source, and what came with it.
    var files: [ProgramFile]
    /// Commands of the compile stage, in order.
    var compile: [Command]
    /// What the compile stage leaves, when that is known and the stage is passed over.
    var compiled: StoredProgram?
    /// What can be made ahead for the compile stage.
    var warmth: Warmth?
    /// The command of the run stage.
    var run: Command
    /// Host paths that the language needs beyond the common tree.
    var readOnlyPaths: [String]
    /// A directory that the language must be able to write even when nothing else is writable.
    var privateDirectory: String?
    /// The module guard, when lists apply.
    var moduleGuard: Guard?
    /// The program as ``run`` names it, when an interpreter can start before it is there.
    var warmProgram: String?
    /// What is permitted.
    package var policy: Policy
    /// Ceilings of the run stage.
    package var limits: Limits
    /// Ceilings of the compile stage.
    var compileLimits: Limits
    /// What of the run command the program's author wrote: so many of the last arguments, and these variables.
    var own = (arguments: 0, variables: Set<String>())

    /// The commands that are carried out before the program runs.
    var steps: [Command] {
        guard compiled == nil else { return [] }
        return warmth.map { $0.warming(compile) } ?? compile
    }

    /// Whether what was made ahead is there for the compile stage.
    var isWarmed: Bool { !steps.isEmpty && warmth?.directory != nil }

    /// Whether the command with this place among ``steps``, or the program after them, has files to write.
    func canWrite(atStep index: Int) -> Bool { index < steps.count || policy.filesystem == .scratch }

    /// The directories that a program which may write finds empty: the writable ones beside the work directory, but for
    /// those that something of the host's is in.
    var emptiedDirectories: [String] {
        let places = readOnlyPaths + policy.mounts.map(\.destination)
        return CellLayout.writableDirectories.dropFirst()
            .filter { directory in !places.contains { ($0 + "/").hasPrefix(directory + "/") } }
    }
}
