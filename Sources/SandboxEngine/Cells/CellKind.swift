import Languages
import SandboxModel

/// What a cell is made for: two programs of one kind can run in each other's cells.
///
/// Numeric limits, files, arguments and streams are no part of it; they come when a cell is taken.
struct CellKind: Hashable, Sendable {
    /// Whose system-call filter is there.
    let family: LanguageDefinition.Family
    /// What of the network is there.
    let network: NetworkAccess
    /// Whether there are files to write, if only for the compile stage.
    let hasScratch: Bool
    /// Host paths that the caller lends.
    let mounts: [Mount]
    /// Host paths that the language needs beyond the common tree.
    let readOnlyPaths: [String]
    /// Whether /usr/local is shown.
    let showsLocal: Bool
    /// A directory that the language must be able to write even when nothing else is writable.
    let privateDirectory: String?
    /// Whether the compile stage has a place for what was made ahead, be it there or not.
    let hasWarmPlace: Bool
    /// The host directory of what was made ahead for the compile stage.
    let warmDirectory: String?
    /// The host directory of the module guard's files.
    let guardDirectory: String?
    /// Layers that the caller does without.
    let missing: Set<Layer>
    /// Bytes that each directory of files to write holds where the kernel is an OCI runtime's own; else 0, as they are told later.
    let scratch: Int
    /// Whether what is compiled must not be the program's to write, where only identities can see to that.
    let separatesCompiling: Bool
    /// The interpreter that can start before its program is there, or `nil` when there is none.
    let interpreter: Interpreter?

    /// A command that can start before its program is there.
    struct Interpreter: Hashable, Sendable {
        /// The command.
        let command: ExecutionPlan.Command
        /// The program as the command names it.
        let program: String
    }

    /// The kind of cell that `plan` needs.
    init(_ plan: ExecutionPlan, missing: [Layer]) {
        family = plan.family
        network = plan.policy.network
        hasScratch = plan.policy.filesystem == .scratch || !plan.compile.isEmpty
        mounts = plan.policy.mounts
        readOnlyPaths = plan.readOnlyPaths
        // Of the compiler as well where it is passed over: a program sees the same either way.
        let executables = (plan.compile + [plan.run]).map(\.executable)
        showsLocal = (executables + plan.readOnlyPaths).contains { $0.hasPrefix("/usr/local/") }
        privateDirectory = plan.privateDirectory
        hasWarmPlace = plan.warmth != nil
        warmDirectory = plan.isWarmed ? plan.warmth?.directory : nil
        guardDirectory = plan.moduleGuard?.directory
        self.missing = Set(missing)
        var isForeign = false
        if case .oci(let runtime) = plan.policy.isolation { isForeign = runtime.hasOwnKernel }
        scratch = isForeign ? max(plan.limits.disk.bytes, plan.compileLimits.disk.bytes) : 0
        separatesCompiling = isForeign && !plan.compile.isEmpty && plan.policy.filesystem == .none
        interpreter = plan.warmProgram.map { Interpreter(command: plan.run, program: $0) }
    }
}
