import LaunchProtocol
import LinuxKernel
import SandboxModel

/// Compiles the stages of an execution into what a cell of its kind is told when they start.
struct StagePlanner: StagePlanning {
    private let plan: ExecutionPlan
    private let missing: [Layer]
    private let capabilities: CellPlanner.Capabilities

    /// A planner of `plan`'s stages; for `missing` layers there are stand-ins where one exists.
    init(_ plan: ExecutionPlan, missing: [Layer], capabilities: CellPlanner.Capabilities) {
        self.plan = plan
        self.missing = missing
        self.capabilities = capabilities
    }

    let workDirectory = CellLayout.work

    func stage(_ index: Int) -> StagePlan {
        let steps = plan.steps
        let isRun = index == steps.count
        let command = isRun ? plan.run : steps[index]
        let limits = isRun ? plan.limits : plan.compileLimits
        let writable = plan.canWrite(atStep: index)
        return StagePlan(
            streams: isRun && plan.moduleGuard != nil ? 4 : 3,
            preparation: index == 0 ? arrival(limits) : [],
            program: ProgramPlan(
                resourceLimits: Self.resourceCeilings(
                    limits,
                    missing: Set(missing),
                    // Init counts as well where it has the program's own id.
                    othersOfUser: capabilities.hasIdentityRange ? 0 : 1,
                ),
                executable: Array(command.executable.utf8),
                arguments: command.arguments.map { Array($0.utf8) },
                environment: command.environment.sorted { $0.key < $1.key }.map {
                    Array("\($0.key)=\($0.value)".utf8)
                },
            ),
            scratch: writable ? CellLayout.work : "",
            writableDirectories: writable ? CellLayout.writableDirectories : [],
            fileCeiling: UInt64(limits.fileSize.bytes),
        )
    }

    func confinement(_ first: ConfinementPlan, before index: Int) -> ConfinementPlan {
        var confinement = first
        confinement.preparation = preparation(before: index)
        if index == plan.steps.count { confinement.landlock?.rules.removeAll { $0.path == CellLayout.warm } }
        return confinement
    }

    /// What changes in the tree before a later stage's process exists.
    func preparation(before index: Int) -> [MountStep] {
        guard index > 0, index == plan.steps.count else { return [] }
        return plan.isWarmed ? coveringWarmth + leavingCompilation : leavingCompilation
    }

    /// Hides from the program what was made ahead for its compiler.
    private var coveringWarmth: [MountStep] {
        let path = CellLayout.warm
        let owner = capabilities.keeper
        return [
            .memoryFileSystem(path: path, bytes: 4_096, files: 2, mode: 0o555, owner: owner),
            Self.seal(path),
        ]
    }

    /// From the tree in which a program was compiled to the one in which it runs.
    private var leavingCompilation: [MountStep] {
        let emptying = plan.emptiedDirectories.map { MountStep.empty(path: $0) }
        guard plan.policy.filesystem == .scratch else {
            return emptying + CellLayout.writableDirectories.map(Self.seal)
        }
        let bytes = UInt64(plan.limits.disk.bytes)
        return emptying + [
            .resize(path: CellLayout.work, bytes: bytes, files: Self.files(within: plan.limits))
        ]
    }

    // MARK: Files

    /// Room for the files, the files themselves, and then nothing more can be written but in the scratch file system.
    private func arrival(_ limits: Limits) -> [MountStep] {
        let hasScratch = plan.policy.filesystem == .scratch || !plan.compile.isEmpty
        let owner = hasScratch ? CellLayout.identity : capabilities.keeper
        let room = room(hasScratch ? (plan.compile.isEmpty ? limits : plan.compileLimits) : nil)
        if let compiled = plan.compiled {
            // The compile stage is passed over, but not what is between it and the run stage.
            return room + compiled.steps(at: CellLayout.work, owner: owner, source: 0) + leavingCompilation
                + guardPolicy
        }
        return room + programFiles(owner: owner) + (hasScratch ? [] : [Self.seal(CellLayout.work)])
            + guardPolicy
    }

    /// Room in the work directory: as much as `limits` give it, or, without any, what the files need.
    private func room(_ limits: Limits?) -> [MountStep] {
        if let limits {
            let bytes = UInt64(limits.disk.bytes)
            return [.resize(path: CellLayout.work, bytes: bytes, files: Self.files(within: limits))]
        }
        let bytes = plan.files.reduce(0) { $0 + $1.contents.count + 8_192 }
        let count = plan.files.count + Self.directories(of: plan.files).count
        guard bytes > CellLayout.arrivalRoom / 2 || count > CellLayout.arrivalFiles / 2 else { return [] }
        return [.resize(path: CellLayout.work, bytes: UInt64(bytes), files: UInt64(1_024 + count))]
    }

    private func programFiles(owner: UInt32) -> [MountStep] {
        Self.directories(of: plan.files).map { directory in
            .directory(path: CellLayout.work + "/" + directory, mode: 0o755, owner: owner)
        }
            + plan.files.map { file in
                .file(
                    path: CellLayout.work + "/" + file.path,
                    contents: file.contents,
                    mode: file.executable ? 0o755 : 0o644,
                    owner: owner,
                )
            }
    }

    private var guardPolicy: [MountStep] {
        guard let policy = plan.moduleGuard?.policy else { return [] }
        let directory = CellLayout.guardPolicyDirectory
        return [
            .resize(path: directory, bytes: UInt64(policy.count + 8_192), files: 16),
            .file(
                path: CellLayout.guardPolicy,
                contents: policy,
                mode: 0o444,
                owner: capabilities.keeper,
            ), Self.seal(directory),
        ]
    }

    /// Makes what is mounted at `path` read-only.
    private static func seal(_ path: String) -> MountStep {
        .attributes(path: path, attributes: CellPlanner.readOnly.rawValue, recursive: false)
    }

    /// How many files fit: 4 kB a file is what the smallest one takes of memory; fewer than that fit anyway.
    static func files(within limits: Limits) -> UInt64 { UInt64(max(1_024, limits.disk.bytes / 4_096)) }

    /// Directories that the files are in, outer ones first, so that each gets its owner.
    static func directories(of files: [ProgramFile]) -> [String] {
        var directories: Set<String> = []
        for file in files {
            // By bytes: a mark after a slash makes one character of both.
            let parts = file.path.utf8.split(separator: UInt8(ascii: "/")).dropLast().map { Substring($0) }
            for count in stride(from: 1, through: parts.count, by: 1) {
                directories.insert(parts.prefix(count).joined(separator: "/"))
            }
        }
        return directories.sorted()
    }

    // MARK: Ceilings

    /// Ceilings on each process; for `missing` layers there are stand-ins, where one exists.
    ///
    /// `othersOfUser` are processes and threads of the program's user that are none of its own.
    static func resourceCeilings(
        _ limits: Limits,
        missing: Set<Layer>,
        othersOfUser: Int,
    ) -> [ResourceCeiling] {
        var ceilings = [
            ResourceCeiling(resource: Resource.fileSize, value: UInt64(limits.fileSize.bytes)),
            ResourceCeiling(resource: Resource.openFiles, value: UInt64(limits.openFiles)),
            ResourceCeiling(resource: Resource.stack, value: UInt64(limits.stack.bytes)),
            ResourceCeiling(resource: Resource.pendingSignals, value: 1_024),
            ResourceCeiling(resource: Resource.messageQueues, value: 819_200),
            // What the caller may do to the host's scheduler is not handed on.
            ResourceCeiling(resource: Resource.nice, value: 0),
            ResourceCeiling(resource: Resource.realTimePriority, value: 0),
        ]
        // Stand-ins for a missing controller, weaker than it: a count by user, and a clock for each process.
        if missing.contains(.processLimit) {
            let value = UInt64(limits.processes + othersOfUser)
            ceilings.append(ResourceCeiling(resource: Resource.processes, value: value))
        }
        if missing.contains(.cpuTimeLimit) {
            let seconds = limits.cpuTime.inSeconds.rounded(.up)
            ceilings.append(ResourceCeiling(resource: Resource.cpuTime, value: UInt64(seconds)))
        }
        return ceilings
    }

    /// Whether a ceiling is one that every kernel lets a process set.
    static func isKnownEverywhere(_ ceiling: ResourceCeiling) -> Bool {
        [Resource.fileSize, Resource.openFiles, Resource.stack, Resource.cpuTime].contains(ceiling.resource)
    }

    /// `RLIMIT_*` numbers of the x86 and ARM ports; getrlimit(2).
    private enum Resource {
        static let cpuTime: Int32 = 0
        static let fileSize: Int32 = 1
        static let stack: Int32 = 3
        static let processes: Int32 = 6
        static let openFiles: Int32 = 7
        static let pendingSignals: Int32 = 11
        static let messageQueues: Int32 = 12
        static let nice: Int32 = 13
        static let realTimePriority: Int32 = 14
    }
}
