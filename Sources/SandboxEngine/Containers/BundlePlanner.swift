import LaunchProtocol
import LinuxKernel
import SandboxModel

/// Translates the blueprint of a cell into a bundle: what a runtime can be asked for it makes, the rest is for init.
///
/// It decides everything and does nothing. The container is the cell's counterpart, path by path; a step that it could not
/// express would be a programmer's mistake, and refuses the launch.
struct BundlePlanner {
    /// What there is to know besides the cell.
    struct Surroundings: Equatable {
        /// The launcher's path on the host, which is the container's init.
        var launcher: String
        /// The number under which the runtime hands the connection on.
        var connection: Int32
        /// The host's ids that init and the program have.
        var identities: (keeper: UInt32, program: UInt32)
        /// Where the runtime makes a cgroup, if it has to; relative to the host's own.
        var cgroup: String?
        /// Where the kernel is the runtime's own: bytes that each directory of files to write holds.
        ///
        /// Init can mount nothing there, so that everything is the runtime's to mount. `nil` where it is the host's kernel.
        var scratch: UInt64?

        static func == (first: Self, second: Self) -> Bool {
            first.launcher == second.launcher && first.connection == second.connection
                && first.identities == second.identities && first.cgroup == second.cgroup
                && first.scratch == second.scratch
        }
    }

    /// Where init is until it has started.
    static let initPath = "/sanderling/launcher"
    /// What init needs to complete the tree, to start and end programs, and to read what they have written.
    ///
    /// All of them are over the container's own namespaces; programs have none.
    static let capabilities = [
        "CAP_CHOWN", "CAP_DAC_OVERRIDE", "CAP_FOWNER", "CAP_KILL", "CAP_NET_ADMIN", "CAP_SETGID",
        "CAP_SETPCAP", "CAP_SETUID", "CAP_SYS_ADMIN",
    ]

    /// What runtimes put into /dev unasked, and no cell has.
    private static let surplusDevices = ["tty", "console", "ptmx", "core"]

    private let surroundings: Surroundings
    private var mounts: [BundleConfiguration.Mount] = []
    private var masked: [String] = []
    private var files: [BundleFile] = []
    private var known: Set<String> = ["/"]
    private var tree: [MountStep] = []
    private var sealed: [MountStep] = []
    private var scratchDirectories: [String: (mode: UInt32, owner: UInt32)] = [:]

    private init(_ surroundings: Surroundings) { self.surroundings = surroundings }

    /// Whether the container has a kernel of its runtime's own.
    private var isForeign: Bool { surroundings.scratch != nil }

    /// The bundle of a blueprint whose binds are by path.
    static func bundle(
        of blueprint: CellBlueprint,
        in surroundings: Surroundings,
    ) throws(SandboxError) -> ContainerBundle {
        var planner = BundlePlanner(surroundings)
        planner.addDevices()
        planner.addInit()
        for step in blueprint.tree { try planner.addCommon(step) }
        for step in blueprint.cell.tree { try planner.addOwn(step) }
        planner.coverTemporaryDirectory()
        return ContainerBundle(
            configuration: planner.configuration(of: blueprint.cell),
            files: planner.files,
            identities: planner.identities,
            tree: planner.tree + (planner.isForeign ? [] : planner.sealed),
        )
    }

    // MARK: Steps

    /// A step towards what all cells of a kind have in common.
    private mutating func addCommon(_ step: MountStep) throws(SandboxError) {
        switch step {
        // The bundle's own directory is the root.
        case .memoryFileSystem(path: "", _, _, _, _): break
        case .directory(let path, _, _): addDirectory(path)
        case .file(let path, let contents, _, _): addFile(path, contents)
        // Every runtime makes those of /dev.
        case .symbolicLink(let path, _) where path.hasPrefix("/dev/"): break
        case .symbolicLink(let path, let target):
            addDirectory(Self.parent(of: path))
            add(BundleFile(path: path, form: .symbolicLink(target)))
        // And the devices, but so that their times can be changed.
        case .bind(_, let path, let attributes, _) where path.hasPrefix("/dev/"):
            sealed.append(.attributes(path: path, attributes: attributes, recursive: false))
        case .bind(.path(let source), let path, let attributes, let isDirectory):
            if isDirectory { addDirectory(path) } else { addFile(path, []) }
            let isWritable = attributes & MountAttributes.readOnly.rawValue == 0
            mounts.append(
                BundleConfiguration.Mount(
                    destination: path,
                    type: "bind",
                    source: source,
                    options: ["rbind", "private", "nosuid", "nodev", isWritable ? "rw" : "ro"],
                )
            )
            // Runtimes leave what is mounted further down as it is.
            sealed.append(.attributes(path: path, attributes: attributes, recursive: true))
        case .mask(let path, _): mask(path)
        case .attributes: sealed.append(step)
        default: throw Self.inexpressible(step)
        }
    }

    /// A step towards what is a cell's own.
    private mutating func addOwn(_ step: MountStep) throws(SandboxError) {
        if isForeign { return try addOwnToForeignKernel(step) }
        switch step {
        case .processFileSystem(let path):
            addDirectory(path)
            mounts.append(
                BundleConfiguration.Mount(
                    destination: path,
                    type: "proc",
                    source: "proc",
                    options: ["nosuid", "noexec", "nodev", "hidepid=2"],
                )
            )
        case .mask(let path, _): mask(path)
        case .attributes(path: "/proc", _, _):
            // With what runtimes hide its files behind: that is a device of the host's, whose times could be changed.
            let readOnly = MountAttributes.readOnly.rawValue
            sealed += [step, .attributes(path: "/proc", attributes: readOnly, recursive: true)]
        case .attributes: sealed.append(step)
        case .memoryFileSystem, .directory, .rebind, .detach: tree.append(step)
        // The runtime has done that.
        case .pivotRoot: break
        default: throw Self.inexpressible(step)
        }
    }

    /// The same where init can mount nothing: what is mounted for a moment alone is left out, and what of it stays is mounted
    /// where it stays.
    private mutating func addOwnToForeignKernel(_ step: MountStep) throws(SandboxError) {
        switch step {
        case .processFileSystem(let path):
            addDirectory(path)
            addMount(path, type: "proc", ["nosuid", "noexec", "nodev"])
        // Such a kernel's /proc has nothing of the host's.
        case .mask, .attributes, .detach, .pivotRoot: break
        case .memoryFileSystem(path: CellLayout.scratch, _, _, _, _): break
        case .memoryFileSystem(let path, let bytes, _, let mode, let owner):
            addMemory(path, bytes: bytes)
            tree.append(.directory(path: path, mode: mode, owner: owner))
        case .directory(let path, let mode, let owner) where path.hasPrefix(CellLayout.scratch + "/"):
            scratchDirectories[path] = (mode, owner)
        case .rebind(let from, let to):
            guard let (mode, owner) = scratchDirectories[from], let bytes = surroundings.scratch else {
                throw Self.inexpressible(step)
            }
            addMemory(to, bytes: bytes)
            tree.append(.directory(path: to, mode: mode, owner: owner))
        default: throw Self.inexpressible(step)
        }
    }

    private mutating func addMemory(_ path: String, bytes: UInt64) {
        addDirectory(path)
        addMount(path, type: "tmpfs", ["nosuid", "nodev", "size=\(bytes)"])
    }

    private mutating func mask(_ path: String) {
        if !isForeign { return masked.append(path) }
        // Of the root file system: /proc has nothing to hide there.
        addMount(path, type: "tmpfs", ["nosuid", "nodev", "ro", "size=4096"])
    }

    private mutating func addMount(_ path: String, type: String, _ options: [String]) {
        mounts.append(
            BundleConfiguration.Mount(destination: path, type: type, source: type, options: options)
        )
    }

    private static func inexpressible(_ step: MountStep) -> SandboxError {
        SandboxError(.internal, "a bundle has no form for \(step)")
    }

    // MARK: What is in every container

    private mutating func addDevices() {
        addDirectory("/dev")
        mounts.append(
            BundleConfiguration.Mount(
                destination: "/dev",
                type: "tmpfs",
                source: "tmpfs",
                options: ["nosuid", "noexec", "mode=755", "size=65536"],
            )
        )
        if !isForeign { tree += Self.surplusDevices.map { .remove(path: "/dev/" + $0) } }
        sealed.append(.attributes(path: "/dev", attributes: CellPlanner.readOnly.rawValue, recursive: false))
    }

    /// Init, which no program sees: it lets go of its own file before the first one.
    private mutating func addInit() {
        addFile(Self.initPath, [])
        mounts.append(
            BundleConfiguration.Mount(
                destination: Self.initPath,
                type: "bind",
                source: surroundings.launcher,
                options: ["bind", "private", "nosuid", "nodev", "ro"],
            )
        )
        if !isForeign { tree.append(.detach(path: Self.initPath)) }
    }

    /// runsc mounts something writable at an empty /tmp.
    private mutating func coverTemporaryDirectory() {
        guard isForeign, !mounts.contains(where: { $0.destination == "/tmp" }) else {
            return
        }
        addDirectory("/tmp")
        addMount("/tmp", type: "tmpfs", ["nosuid", "nodev", "ro", "size=4096"])
    }

    // MARK: The root file system

    private mutating func addDirectory(_ path: String) {
        guard !path.isEmpty, !known.contains(path) else { return }
        addDirectory(Self.parent(of: path))
        // What a runtime mounts over is not for the bundle to fill.
        guard !mounts.contains(where: { path.hasPrefix($0.destination + "/") }) else { return }
        add(BundleFile(path: path, form: .directory))
    }

    private mutating func addFile(_ path: String, _ contents: [UInt8]) {
        addDirectory(Self.parent(of: path))
        guard !mounts.contains(where: { path.hasPrefix($0.destination + "/") }) else { return }
        add(BundleFile(path: path, form: .file(contents)))
    }

    private mutating func add(_ file: BundleFile) {
        guard known.insert(file.path).inserted else { return }
        files.append(file)
    }

    private static func parent(of path: String) -> String {
        path.lastIndex(of: "/").map { String(path[..<$0]) } ?? ""
    }

    // MARK: The configuration

    /// Identities of a kernel of its own are nobody's of the host's anyway.
    private var identities: [ContainerPlan.IdentityExtent] {
        guard !isForeign else { return [] }
        let (keeper, program) = surroundings.identities
        return [
            ContainerPlan.IdentityExtent(inside: 0, outside: keeper, count: 1),
            ContainerPlan.IdentityExtent(inside: CellLayout.identity, outside: program, count: 1),
        ]
    }

    private func configuration(of cell: CellPlan) -> BundleConfiguration {
        let mappings = identities.map {
            BundleConfiguration.IdentityMapping(containerID: $0.inside, hostID: $0.outside, size: $0.count)
        }
        return BundleConfiguration(
            process: BundleConfiguration.Process(
                user: BundleConfiguration.User(uid: 0, gid: 0),
                args: [Self.initPath, ContainerPlan.command, String(surroundings.connection)],
                env: [],
                cwd: "/",
                capabilities: BundleConfiguration.Capabilities(Self.capabilities),
            ),
            root: BundleConfiguration.Root(path: "rootfs", readonly: true),
            hostname: cell.hostName,
            mounts: mounts,
            linux: BundleConfiguration.Linux(
                namespaces: ContainerNamespaces.names(of: cell).filter { !isForeign || $0 != "user" }
                    .map(BundleConfiguration.Namespace.init),
                uidMappings: mappings,
                gidMappings: mappings,
                cgroupsPath: surroundings.cgroup,
                maskedPaths: masked,
            ),
        )
    }
}

/// The namespaces of a container.
enum ContainerNamespaces {
    private static let all: [(kind: Namespaces, name: String, file: String)] = [
        (.user, "user", "user"), (.mount, "mount", "mnt"), (.pid, "pid", "pid"), (.ipc, "ipc", "ipc"),
        (.uts, "uts", "uts"), (.network, "network", "net"),
    ]

    /// Those of a cell, as the specification calls them.
    static func names(of cell: CellPlan) -> [String] {
        all.filter { Namespaces(rawValue: cell.namespaces).contains($0.kind) }.map(\.name)
    }

    /// Those of a cell, as `/proc/self/ns` calls them.
    static func files(of cell: CellPlan) -> [String] {
        all.filter { Namespaces(rawValue: cell.namespaces).contains($0.kind) }.map(\.file)
    }
}
