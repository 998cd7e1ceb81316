import FoundationEssentials
import Glibc
import LaunchProtocol
import LinuxKernel
import SandboxModel

/// What is made of a kind of cell before any program is known.
struct CellBlueprint: Sendable {
    /// Steps towards the tree that the cells begin with.
    var tree: [MountStep]
    /// Host paths of the tree's binds, in the order of their places.
    var bindSources: [String]
    /// The cell, but for the number of its tree.
    var cell: CellPlan
    /// How every stage's process confines itself.
    var confinement: ConfinementPlan
}

/// What a zygote is made of; its own connection and cgroup come with the request.
struct ZygoteBlueprint: Sendable {
    /// The zygote.
    var zygote: ZygotePlan
    /// Host paths of the binds, in the order of their places.
    var bindSources: [String]
}

/// Compiles a kind of cell into the steps that make one; decides everything, does nothing.
struct CellPlanner {
    /// What the host can enforce.
    struct Capabilities: Sendable {
        /// Landlock's version, or `nil` without it.
        var landlock: Int?
        /// Whether the yard has ids for init and program, or one for both.
        var hasIdentityRange: Bool
        /// Whether detached mounts can be made before privileges are given up.
        var opensMounts: Bool

        /// Init's identity in the cell, which owns what the program must not change.
        var keeper: UInt32 { hasIdentityRange ? 0 : CellLayout.identity }
    }

    private let kind: CellKind
    private let capabilities: Capabilities
    /// Steps towards what all cells of the kind have in common.
    private var tree: [MountStep] = []
    /// Steps towards what is a cell's own.
    private var own: [MountStep] = []
    private var landlockRules: [LandlockPlan.Rule] = []
    private var bindSources: [String] = []

    static let readOnly: MountAttributes = [.readOnly, .noSetUserID, .noDevices]

    private init(_ kind: CellKind, _ capabilities: Capabilities) {
        self.kind = kind
        self.capabilities = capabilities
    }

    private var keeper: UInt32 { capabilities.keeper }

    /// The blueprint of a kind, on a host as it is now; an empty filter is none.
    ///
    /// - Throws: `SandboxError` when what the tree must have cannot be looked at.
    static func blueprint(
        of kind: CellKind,
        capabilities: Capabilities,
        filter: [UInt8],
    ) throws(SandboxError) -> CellBlueprint {
        var planner = CellPlanner(kind, capabilities)
        try planner.buildTree()
        var namespaces: Namespaces = [.user, .mount, .pid, .ipc, .uts]
        if kind.network != .host { namespaces.insert(.network) }
        return CellBlueprint(
            tree: planner.tree,
            bindSources: planner.bindSources,
            cell: CellPlan(
                namespaces: namespaces.rawValue,
                hostName: CellLayout.hostName,
                loopback: kind.network == .loopback,
                base: 0,
                tree: planner.own + [.pivotRoot],
                isJoinable: kind.interpreter != nil,
            ),
            confinement: ConfinementPlan(
                workingDirectory: CellLayout.work,
                identity: CellLayout.identity,
                landlock: capabilities.landlock.map { version in
                    LandlockPlan(
                        version: UInt32(version),
                        scoped: version >= Landlock.versionWithScope,
                        rules: planner.landlockRules,
                    )
                },
                filter: filter,
                recordsRefusals: !filter.isEmpty && !kind.missing.contains(.seccompRecording),
            ),
        )
    }

    /// The blueprint of a zygote that forks into cells of a kind; `agent` is the host path of what is preloaded into it.
    static func zygote(
        _ interpreter: CellKind.Interpreter,
        for kind: CellKind,
        capabilities: Capabilities,
        agent: String,
    ) throws(SandboxError) -> ZygoteBlueprint {
        var planner = CellPlanner(kind, capabilities)
        try planner.buildTree(agent: agent)
        var environment = interpreter.command.environment
        environment["LD_PRELOAD"] = CellLayout.zygoteAgent
        // The guard is an audit hook, with which no end is cut short: its copies rehearse all of it.
        let end = kind.guardDirectory == nil ? "short" : "whole"
        environment["SANDERLING_ZYGOTE"] = "\(ZygotePlan.connection):\(end):\(interpreter.program)"
        var namespaces: Namespaces = [.mount, .ipc, .uts]
        // A copy that joins no network of its cell's stays in the zygote's: without one, in the host's.
        if kind.network != .host { namespaces.insert(.network) }
        return ZygoteBlueprint(
            zygote: ZygotePlan(
                namespaces: namespaces.rawValue,
                tree: planner.tree,
                cgroups: [],
                workingDirectory: CellLayout.work,
                executable: Array(interpreter.command.executable.utf8),
                arguments: interpreter.command.arguments.map { Array($0.utf8) },
                environment: environment.sorted { $0.key < $1.key }.map {
                    Array("\($0.key)=\($0.value)".utf8)
                },
            ),
            bindSources: planner.bindSources,
        )
    }

    // MARK: The mount tree

    private mutating func buildTree(agent: String? = nil) throws(SandboxError) {
        tree = [
            .memoryFileSystem(path: "", bytes: 1 << 20, files: 1_024, mode: 0o755, owner: 0)
        ]
        landlockRules = [.init(path: "/", access: 1 << 3)]
        try addSystem()
        try addEtc()
        addProcesses()
        try addDevices()
        addWork()
        if kind.hasWarmPlace { tree.append(.directory(path: CellLayout.warm, mode: 0o755, owner: 0)) }
        if let directory = kind.warmDirectory {
            try bind(directory, at: CellLayout.warm, Self.readOnly, .readAndExecute)
        }
        for path in kind.readOnlyPaths {
            try bind(path, at: path, Self.readOnly, .readAndExecute, isOptional: true)
        }
        for mount in kind.mounts {
            let attributes: MountAttributes = mount.writable ? [.noSetUserID, .noDevices] : Self.readOnly
            try bind(
                mount.source,
                at: mount.destination,
                attributes,
                mount.writable ? .everything : .readAndExecute,
            )
        }
        if let directory = kind.guardDirectory {
            try bind(directory, at: CellLayout.guardDirectory, Self.readOnly, .readAndExecute)
            // What the guard reads comes with the program.
            let policies = CellLayout.guardPolicyDirectory
            tree.append(.directory(path: policies, mode: 0o755, owner: 0))
            own.append(
                .memoryFileSystem(path: policies, bytes: 1 << 20, files: 16, mode: 0o755, owner: keeper)
            )
            landlockRules.append(.init(path: policies, access: Landlock.Access.read.rawValue))
        }
        if let path = kind.privateDirectory {
            tree.append(.directory(path: path, mode: 0o755, owner: 0))
            own.append(
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
        // What is preloaded into a zygote is in no cell's tree.
        if let agent { try bind(agent, at: CellLayout.zygoteAgent, Self.readOnly, .readAndExecute) }
        tree.append(.attributes(path: "/", attributes: Self.readOnly.rawValue, recursive: false))
    }

    private mutating func addSystem() throws(SandboxError) {
        try bind("/usr", at: "/usr", Self.readOnly, .readAndExecute)
        if !kind.showsLocal { tree.append(.mask(path: "/usr/local", isDirectory: true)) }
        for path in ["/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32"] {
            if let target = try? FileManager.default.destinationOfSymbolicLink(atPath: path) {
                tree.append(.symbolicLink(path: path, target: target))
            } else {
                try bind(path, at: path, Self.readOnly, .readAndExecute, isOptional: true)
            }
        }
    }

    private mutating func addEtc() throws(SandboxError) {
        let sharesNetwork = kind.network == .host
        tree += SyntheticFiles.steps(owner: 0, network: sharesNetwork)
        for path in SyntheticFiles.shared + (sharesNetwork ? SyntheticFiles.sharedForNetwork : []) {
            try bind(path, at: path, Self.readOnly, .read, isOptional: true)
        }
        landlockRules.append(.init(path: "/etc", access: Landlock.Access.readAndExecute.rawValue))
    }

    private mutating func addProcesses() {
        tree.append(.directory(path: "/proc", mode: 0o555, owner: 0))
        own.append(.processFileSystem(path: "/proc"))
        for name in CellLayout.maskedProcessDirectories {
            own.append(.mask(path: "/proc/" + name, isDirectory: true))
        }
        for name in CellLayout.maskedProcessFiles {
            own.append(.mask(path: "/proc/" + name, isDirectory: false))
        }
        // Nothing to write: a program could take back the score by which the out-of-memory killer chooses it, or set the
        // identity under which the host's audit log has it. What a descriptor's link leads to has rules of its own.
        own.append(.attributes(path: "/proc", attributes: Self.readOnly.rawValue, recursive: false))
        landlockRules.append(.init(path: "/proc", access: Landlock.Access.read.rawValue))
    }

    private mutating func addDevices() throws(SandboxError) {
        for name in CellLayout.devices {
            // Read-only is the mount, and not the device: its times are the host's, and anyone who may write it may set them.
            let path = "/dev/" + name
            try bind(path, at: path, [.noSetUserID, .noExecution, .readOnly], .readAndWrite)
        }
        tree.append(.symbolicLink(path: "/dev/fd", target: "/proc/self/fd"))
        for (number, name) in ["stdin", "stdout", "stderr"].enumerated() {
            tree.append(.symbolicLink(path: "/dev/" + name, target: "/proc/self/fd/\(number)"))
        }
    }

    private mutating func addWork() {
        tree.append(.directory(path: CellLayout.work, mode: 0o755, owner: 0))
        guard kind.hasScratch else {
            own.append(
                .memoryFileSystem(
                    path: CellLayout.work,
                    bytes: UInt64(CellLayout.arrivalRoom),
                    files: UInt64(CellLayout.arrivalFiles),
                    mode: 0o755,
                    owner: keeper,
                )
            )
            landlockRules.append(
                .init(path: CellLayout.work, access: Landlock.Access.readAndExecute.rawValue)
            )
            return
        }
        let scratch = CellLayout.scratch
        let owner = CellLayout.identity
        for path in [scratch, "/tmp", "/dev/shm"] {
            tree.append(.directory(path: path, mode: 0o755, owner: 0))
        }
        own += [
            // Its size comes with the program.
            .memoryFileSystem(path: scratch, bytes: 4_096, files: 1_024, mode: 0o755, owner: keeper),
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
    }

    /// Shows `source` at `path`; what is optional may be absent, or nothing that the caller may see.
    private mutating func bind(
        _ source: String,
        at path: String,
        _ attributes: MountAttributes,
        _ access: Landlock.Access,
        isOptional: Bool = false,
    ) throws(SandboxError) {
        var status = stat()
        guard stat(source, &status) == 0 else {
            let error = KernelError(call: "stat", number: errno)
            if isOptional, [ENOENT, ENOTDIR, EACCES].contains(error.number) { return }
            throw SandboxError(.internal, "'\(source)' cannot be shown to the program: \(error)")
        }
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
}
