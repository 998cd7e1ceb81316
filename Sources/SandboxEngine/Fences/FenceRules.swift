import FoundationEssentials
import Glibc
import LaunchProtocol
import LinuxKernel
import SandboxModel

/// What of the host's files can be opened in a fence; everything else cannot.
struct FenceRules {
    private(set) var rules: [LandlockPlan.Rule] = []

    /// The rules for a kind; with `writes`, for a stage that has files to write.
    init(_ kind: CellKind, at places: FencePlaces, writes: Bool) {
        addSystem(showsLocal: kind.showsLocal)
        for path in SyntheticFiles.shared + Self.settings { add(path, .read) }
        if kind.network == .host {
            for path in SyntheticFiles.sharedForNetwork + ["/etc/hosts", "/etc/services", "/etc/protocols"] {
                add(path, .read)
            }
        }
        // Its own, for the process that has them: children see no /proc of theirs.
        for name in Self.ownProcessFiles { add("/proc/self/" + name, .read) }
        for name in ["cpuinfo", "meminfo", "filesystems"] { add("/proc/" + name, .read) }
        for name in CellLayout.devices { add("/dev/" + name, Self.device) }
        for path in kind.readOnlyPaths { add(path, .readAndExecute) }
        for mount in kind.mounts { add(mount.source, mount.writable ? .everything : .readAndExecute) }
        add(places.work, writes ? .everything : .readAndExecute)
        if writes { add(places.temporary, .everything) }
        if let path = kind.privateDirectory { add(places.path(path), .everything) }
    }

    /// Of a process's own; others tell of the host's mounts, network and cgroups.
    private static let ownProcessFiles = [
        "auxv", "cmdline", "comm", "environ", "fd", "limits", "maps", "smaps", "stat", "statm", "status",
    ]

    /// Settings of libraries, which take a refusal for a mistake where they would do without the file.
    private static let settings = ["/etc/nsswitch.conf", "/etc/ssl/openssl.cnf"]

    /// Read, write and truncate, but no ioctl(2).
    private static let device = Landlock.Access(rawValue: 1 << 1 | 1 << 2 | 1 << 14)

    /// The installation, without what an administrator has put into /usr/local, unless the language is there.
    private mutating func addSystem(showsLocal: Bool) {
        if showsLocal {
            add("/usr", .readAndExecute)
        } else {
            let names = (try? FileManager.default.contentsOfDirectory(atPath: "/usr")) ?? []
            for name in names.sorted() where name != "local" { add("/usr/" + name, .readAndExecute) }
        }
        for path in ["/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32"] { add(path, .readAndExecute) }
    }

    private mutating func add(_ path: String, _ access: Landlock.Access) {
        // The directories of a fence are made by its init.
        guard Glibc.access(path, F_OK) == 0 || path.hasPrefix(FenceGround.parent + "/") else { return }
        rules.append(.init(path: path, access: access.rawValue))
    }
}
