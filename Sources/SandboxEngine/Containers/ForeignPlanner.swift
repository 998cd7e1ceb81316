import LaunchProtocol
import SandboxModel

/// Compiles an execution into what the init of a container is told whose kernel is the runtime's own.
///
/// Nothing is mounted, made larger or sealed there after the start. So files come in by writing, what is written is counted as
/// in a fence, and identities keep a program from what it must not change.
struct ForeignPlanner: StagePlanning {
    /// The user that compiles a program which may write nothing.
    static let compiler: UInt32 = CellLayout.identity + 1

    private let plan: ExecutionPlan
    private let missing: Set<Layer>

    let workDirectory = CellLayout.work

    /// A planner of `plan`'s stages.
    init(_ plan: ExecutionPlan, missing: [Layer]) {
        self.plan = plan
        self.missing = Set(missing)
    }

    func stage(_ index: Int) -> StagePlan {
        let isRun = index == plan.compile.count
        let command = isRun ? plan.run : plan.compile[index]
        let limits = isRun ? plan.limits : plan.compileLimits
        let writes = plan.canWrite(atStep: index)
        return StagePlan(
            streams: isRun && plan.moduleGuard != nil ? 4 : 3,
            preparation: index == 0 ? arrival : [],
            program: ProgramPlan(
                resourceLimits: StagePlanner.resourceCeilings(limits, missing: missing, othersOfUser: 0)
                    .filter { StagePlanner.isKnownEverywhere($0) },
                executable: Array(command.executable.utf8),
                arguments: command.arguments.map { Array($0.utf8) },
                environment: command.environment.sorted { $0.key < $1.key }.map {
                    Array("\($0.key)=\($0.value)".utf8)
                },
            ),
            scratch: "",
            writableDirectories: writes ? CellLayout.writableDirectories : [],
            fileCeiling: UInt64(limits.fileSize.bytes),
            census: writes
                ? CensusLimits(
                    bytes: UInt64(limits.disk.bytes),
                    files: StagePlanner.files(within: limits),
                ) : nil,
        )
    }

    func confinement(_ first: ConfinementPlan, before index: Int) -> ConfinementPlan {
        var confinement = first
        guard index == plan.compile.count else { return confinement }
        confinement.identity = CellLayout.identity
        confinement.preparation = plan.emptiedDirectories.map { .empty(path: $0) }
        if plan.policy.filesystem == .none {
            // What is in it stays its maker's; in the others nothing new can be made.
            for path in CellLayout.writableDirectories {
                confinement.preparation.append(.directory(path: path, mode: 0o755, owner: 0))
            }
        }
        return confinement
    }

    /// The program's files, and what the module guard reads.
    private var arrival: [MountStep] {
        let writes = plan.canWrite(atStep: 0)
        let owner: UInt32 =
            !writes ? 0 : plan.policy.filesystem == .none ? Self.compiler : CellLayout.identity
        let place: [MountStep] =
            writes ? [.directory(path: CellLayout.work, mode: 0o755, owner: owner)] : []
        let directories = StagePlanner.directories(of: plan.files).map { directory in
            MountStep.directory(path: CellLayout.work + "/" + directory, mode: 0o755, owner: owner)
        }
        let files = plan.files.map { file in
            MountStep.file(
                path: CellLayout.work + "/" + file.path,
                contents: file.contents,
                mode: file.executable ? 0o755 : 0o644,
                owner: owner,
            )
        }
        guard let policy = plan.moduleGuard?.policy else { return place + directories + files }
        return place + directories + files + [
            .file(path: CellLayout.guardPolicy, contents: policy, mode: 0o444, owner: 0)
        ]
    }
}
