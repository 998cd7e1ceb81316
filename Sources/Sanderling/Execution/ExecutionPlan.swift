import Languages
import SandboxModel

/// A program made ready to run: what goes into the cell and which commands run there, with nothing left to decide.
struct ExecutionPlan: Sendable {
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

    /// Files of the work directory: the source, and what came with it.
    var files: [ProgramFile]
    /// Commands of the compile stage, in order.
    var compile: [Command]
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
    var policy: Policy
    /// Ceilings of the run stage.
    var limits: Limits
    /// Ceilings of the compile stage.
    var compileLimits: Limits
}
