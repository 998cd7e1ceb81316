import Foundation
import Glibc
import LaunchProtocol
import LinuxKernel
import SandboxModel

/// Compiles an execution plan into the steps and descriptors of a cell; decides everything, does nothing.
struct CellPlanner {
    /// What the host can enforce.
    struct Capabilities: Sendable {
        /// Landlock's version, or `nil` without it.
        var landlock: Int?
        /// Whether the yard has ids for init and program, or one for both.
        var hasIdentityRange: Bool
        /// Whether detached mounts can be made before privileges are given up.
        var opensMounts: Bool
    }

    private let plan: ExecutionPlan
    private let capabilities: Capabilities
    private let filter: [UInt8]
    private let recordsRefusals: Bool
    private let missing: [Layer]
    private var tree: [MountStep] = []
    private var landlockRules: [LandlockPlan.Rule] = []
    /// Host paths of the binds, in the order of their places.
    private(set) var bindSources: [String] = []

    private static let readOnly: MountAttributes = [.readOnly, .noSetUserID, .noDevices]

    /// A planner of one cell.
    ///
    /// An empty filter is none. For `missing` layers, which the caller does without, there are stand-ins where one exists.
    init(
        _ plan: ExecutionPlan,
        capabilities: Capabilities,
        filter: [UInt8],
        recordsRefusals: Bool,
        missing: [Layer],
    ) {
        self.plan = plan
        self.capabilities = capabilities
        self.filter = filter
        self.recordsRefusals = recordsRefusals
        self.missing = missing
    }

    /// Init's identity in the cell, which owns what the program must not change.
    ///
    private var keeper: UInt32 { capabilities.hasIdentityRange ? 0 : CellLayout.identity }

    private var hasScratch: Bool { plan.policy.filesystem == .scratch || !plan.compile.isEmpty }

    /// The cell, with `streams` giving each stage's places of streams and `cgroups` its places of cgroup files.
    mutating func cell(streams: [[UInt32]], cgroups: [[UInt32]]) -> CellPlan {
        buildTree()
        var namespaces: Namespaces = [.user, .mount, .pid, .ipc, .uts]
        if plan.policy.network != .host { namespaces.insert(.network) }
        let commands = plan.steps + [plan.run]
        let stages = commands.enumerated().map { index, command in
            stage(
                command,
                isRun: index == plan.steps.count,
                streams: streams[index],
                cgroups: cgroups[index],
            )
        }
        return CellPlan(
            namespaces: namespaces.rawValue,
            hostName: CellLayout.hostName,
            loopback: plan.policy.network == .loopback,
            tree: tree,
            stages: stages,
        )
    }

    // MARK: The mount tree

    private mutating func buildTree() {
        let room = plan.files.reduce(1 << 20) { $0 + $1.contents.count + 8_192 }
        tree = [
            .memoryFileSystem(
                path: "",
                bytes: UInt64(room),
                files: UInt64(4_096 + plan.files.count),
                mode: 0o755,
                owner: keeper,
            )
        ]
        landlockRules = [.init(path: "/", access: 1 << 3)]
        addSystem()
        addEtc()
        addProcesses()
        addDevices()
        addWork()
        for path in plan.readOnlyPaths { bind(path, at: path, Self.readOnly, .readAndExecute) }
        for mount in plan.policy.mounts {
            let attributes: MountAttributes = mount.writable ? [.noSetUserID, .noDevices] : Self.readOnly
            bind(
                mount.source,
                at: mount.destination,
                attributes,
                mount.writable ? .everything : .readAndExecute,
            )
        }
        addWarmth()
        if let guardFiles = plan.moduleGuard {
            bind(guardFiles.directory, at: CellLayout.guardDirectory, Self.readOnly, .readAndExecute)
            let path = CellLayout.guardPolicy
            tree.append(.file(path: path, contents: guardFiles.policy, mode: 0o444, owner: keeper))
            landlockRules.append(.init(path: path, access: Landlock.Access.read.rawValue))
        }
        if let path = plan.privateDirectory {
            tree.append(
                .memoryFileSystem(
                    path: path,
                    bytes: 8 << 20,
                    files: 256,
                    mode: 0o700,
                    owner: CellLayout.identity,
                )
            )
            landlockRules.append(.init(path: path, access: Landlock.Access.everything.rawValue))
        }
        tree.append(.pivotRoot)
        tree.append(.attributes(path: "/", attributes: Self.readOnly.rawValue, recursive: false))
    }

    private mutating func addSystem() {
        bind("/usr", at: "/usr", Self.readOnly, .readAndExecute)
        let used = [plan.run] + plan.compile
        let usesLocal = (used.map(\.executable) + plan.readOnlyPaths).contains { $0.hasPrefix("/usr/local/") }
        if !usesLocal { tree.append(.mask(path: "/usr/local")) }
        for path in ["/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32"] {
            if let target = try? FileManager.default.destinationOfSymbolicLink(atPath: path) {
                tree.append(.symbolicLink(path: path, target: target))
            } else {
                bind(path, at: path, Self.readOnly, .readAndExecute)
            }
        }
    }

    private mutating func addEtc() {
        let sharesNetwork = plan.policy.network == .host
        tree += SyntheticFiles.steps(owner: keeper, network: sharesNetwork)
        for path in SyntheticFiles.shared + (sharesNetwork ? SyntheticFiles.sharedForNetwork : []) {
            bind(path, at: path, Self.readOnly, .read)
        }
        landlockRules.append(.init(path: "/etc", access: Landlock.Access.readAndExecute.rawValue))
    }

    private mutating func addProcesses() {
        tree.append(.processFileSystem(path: "/proc"))
        for name in CellLayout.maskedProcessFiles { tree.append(.mask(path: "/proc/" + name)) }
        tree.append(.rebind(from: "/proc/sys", to: "/proc/sys"))
        tree.append(.attributes(path: "/proc/sys", attributes: Self.readOnly.rawValue, recursive: false))
        landlockRules.append(.init(path: "/proc", access: Landlock.Access.readAndWrite.rawValue))
    }

    private mutating func addDevices() {
        for name in CellLayout.devices {
            bind("/dev/" + name, at: "/dev/" + name, [.noSetUserID, .noExecution], .readAndWrite)
        }
        tree.append(.symbolicLink(path: "/dev/fd", target: "/proc/self/fd"))
        for (number, name) in ["stdin", "stdout", "stderr"].enumerated() {
            tree.append(.symbolicLink(path: "/dev/" + name, target: "/proc/self/fd/\(number)"))
        }
    }

    private mutating func addWork() {
        let owner = hasScratch ? CellLayout.identity : keeper
        if hasScratch {
            let limits = plan.compile.isEmpty ? plan.limits : plan.compileLimits
            let scratch = CellLayout.scratch
            // 4 kB a file is what the smallest one takes of memory; fewer files than that fit anyway.
            let files = UInt64(max(1_024, limits.disk.bytes / 4_096))
            tree += [
                .memoryFileSystem(
                    path: scratch,
                    bytes: UInt64(limits.disk.bytes),
                    files: files,
                    mode: 0o755,
                    owner: keeper,
                ),
                .directory(path: scratch + "/work", mode: 0o755, owner: owner),
                .directory(path: scratch + "/tmp", mode: 0o1777, owner: owner),
                .directory(path: scratch + "/shm", mode: 0o1777, owner: owner),
                .rebind(from: scratch + "/work", to: CellLayout.work),
                .rebind(from: scratch + "/tmp", to: "/tmp"),
                .rebind(from: scratch + "/shm", to: "/dev/shm"),
                .detach(path: scratch),
            ]
            for path in CellLayout.writableDirectories {
                landlockRules.append(.init(path: path, access: Landlock.Access.everything.rawValue))
            }
        } else {
            tree.append(.directory(path: CellLayout.work, mode: 0o755, owner: owner))
            landlockRules.append(
                .init(path: CellLayout.work, access: Landlock.Access.readAndExecute.rawValue)
            )
        }
        if let compiled = plan.compiled {
            tree += compiled.steps(at: CellLayout.work, owner: owner, source: 0)
            return
        }
        for directory in Self.directories(of: plan.files) {
            tree.append(.directory(path: CellLayout.work + "/" + directory, mode: 0o755, owner: owner))
        }
        for file in plan.files {
            tree.append(
                .file(
                    path: CellLayout.work + "/" + file.path,
                    contents: file.contents,
                    mode: file.executable ? 0o755 : 0o644,
                    owner: owner,
                )
            )
        }
    }

    /// What was made ahead, for the compile stage; its place is there in either stage, whether it was made or not.
    private mutating func addWarmth() {
        guard let warmth = plan.warmth else { return }
        tree.append(.directory(path: CellLayout.warm, mode: 0o755, owner: keeper))
        guard let directory = warmth.directory, !plan.steps.isEmpty else { return }
        bind(directory, at: CellLayout.warm, Self.readOnly, .readAndExecute)
    }

    /// Whether something made ahead is mounted for the compile stage.
    private var isWarm: Bool { !plan.steps.isEmpty && plan.warmth?.directory != nil }

    /// Directories that the files are in, outer ones first, so that each gets its owner.
    private static func directories(of files: [ProgramFile]) -> [String] {
        var directories: Set<String> = []
        for file in files {
            let parts = file.path.split(separator: "/").dropLast()
            for count in stride(from: 1, through: parts.count, by: 1) {
                directories.insert(parts.prefix(count).joined(separator: "/"))
            }
        }
        return directories.sorted()
    }

    private mutating func bind(
        _ source: String,
        at path: String,
        _ attributes: MountAttributes,
        _ access: Landlock.Access,
    ) {
        var status = stat()
        guard stat(source, &status) == 0 else { return }
        let place = UInt32(bindSources.count)
        if capabilities.opensMounts { bindSources.append(source) }
        tree.append(
            .bind(
                source: capabilities.opensMounts ? .descriptor(index: place) : .path(source),
                path: path,
                attributes: attributes.rawValue,
                isDirectory: status.st_mode & S_IFMT == S_IFDIR,
            )
        )
        landlockRules.append(.init(path: path, access: access.rawValue))
    }

    // MARK: Stages

    private func stage(
        _ command: ExecutionPlan.Command,
        isRun: Bool,
        streams: [UInt32],
        cgroups: [UInt32],
    ) -> StagePlan {
        let limits = isRun ? plan.limits : plan.compileLimits
        let writable = !isRun || plan.policy.filesystem == .scratch
        var stage = StagePlan(
            executable: Array(command.executable.utf8),
            arguments: command.arguments.map { Array($0.utf8) },
            environment: command.environment.sorted { $0.key < $1.key }.map {
                Array("\($0.key)=\($0.value)".utf8)
            },
            workingDirectory: CellLayout.work,
            identity: CellLayout.identity,
            resourceLimits: resourceCeilings(limits),
            landlock: landlock(isRun: isRun),
            filter: filter,
            recordsRefusals: recordsRefusals,
            cgroups: cgroups,
            streams: streams,
            scratch: writable ? CellLayout.work : "",
            writableDirectories: writable ? CellLayout.writableDirectories : [],
            fileCeiling: UInt64(limits.fileSize.bytes),
        )
        if isRun, !plan.compile.isEmpty {
            stage.preparation =
                plan.policy.filesystem == .scratch
                ? plan.emptiedDirectories.map { .empty(path: $0) }
                    + [.resize(path: CellLayout.work, bytes: UInt64(limits.disk.bytes))]
                : [
                    .attributes(path: CellLayout.work, attributes: Self.readOnly.rawValue, recursive: false),
                    .detach(path: "/tmp"),
                    .detach(path: "/dev/shm"),
                ]
            if isWarm { stage.preparation.append(.detach(path: CellLayout.warm)) }
        }
        return stage
    }

    private func landlock(isRun: Bool) -> LandlockPlan? {
        guard let version = capabilities.landlock else { return nil }
        let scoped = version >= Landlock.versionWithScope
        // After compiling for a program that may write nothing, /tmp and /dev/shm are gone but for their places.
        let rules = isRun ? landlockRules.filter { $0.path != CellLayout.warm } : landlockRules
        return LandlockPlan(version: UInt32(version), scoped: scoped, rules: rules)
    }

    private func resourceCeilings(_ limits: Limits) -> [ResourceCeiling] {
        var ceilings = [
            ResourceCeiling(resource: Resource.fileSize, value: UInt64(limits.fileSize.bytes)),
            ResourceCeiling(resource: Resource.openFiles, value: UInt64(limits.openFiles)),
            ResourceCeiling(resource: Resource.stack, value: UInt64(limits.stack.bytes)),
            ResourceCeiling(resource: Resource.core, value: 0),
            ResourceCeiling(resource: Resource.pendingSignals, value: 1_024),
            ResourceCeiling(resource: Resource.messageQueues, value: 819_200),
            // What the caller may do to the host's scheduler is not handed on.
            ResourceCeiling(resource: Resource.nice, value: 0),
            ResourceCeiling(resource: Resource.realTimePriority, value: 0),
        ]
        // Stand-ins for a missing controller, weaker than it: a count by user, and a clock for each process.
        if missing.contains(.processLimit) {
            // Init counts as well where it has the program's own id.
            let others = capabilities.hasIdentityRange ? 0 : 1
            let value = UInt64(limits.processes + others)
            ceilings.append(ResourceCeiling(resource: Resource.processes, value: value))
        }
        if missing.contains(.cpuTimeLimit) {
            let seconds = limits.cpuTime.inSeconds.rounded(.up)
            ceilings.append(ResourceCeiling(resource: Resource.cpuTime, value: UInt64(seconds)))
        }
        return ceilings
    }

    /// `RLIMIT_*` numbers of the x86 and ARM ports; getrlimit(2).
    private enum Resource {
        static let cpuTime: Int32 = 0
        static let fileSize: Int32 = 1
        static let stack: Int32 = 3
        static let core: Int32 = 4
        static let processes: Int32 = 6
        static let openFiles: Int32 = 7
        static let pendingSignals: Int32 = 11
        static let messageQueues: Int32 = 12
        static let nice: Int32 = 13
        static let realTimePriority: Int32 = 14
    }
}
