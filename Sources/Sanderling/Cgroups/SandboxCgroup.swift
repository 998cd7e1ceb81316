import CLinux
import Glibc
import LinuxKernel
import Synchronization

/// The cgroup that holds one sandbox's executions, in every hierarchy.
///
/// Its directory is locked as long as its owner lives, whoever the owner is and in whichever pid namespace: a sweep removes
/// only what it can lock.
final class SandboxCgroup: Sendable {
    private static let prefix = "sanderling-"

    /// Controllers that cannot be used here, with the failure.
    let unavailable: [CgroupController: KernelError]
    /// The directories, by controller.
    let directories: [CgroupController: String]
    /// Which interface the controllers are on.
    let version: CgroupPlacement.Version
    private let locks: [Int32]
    private let counter = Atomic<Int>(0)

    /// Sweeps what dead owners left and makes a cgroup of its own.
    init(placement: CgroupPlacement) {
        version = placement.version
        var unavailable: [CgroupController: KernelError] = [:]
        var directories: [CgroupController: String] = [:]
        var locks: [Int32] = []
        var made: [String: (path: String, lock: Int32)] = [:]
        for controller in CgroupController.allCases {
            guard let parent = placement.directories[controller] else {
                unavailable[controller] = KernelError(call: "open", number: ENOENT)
                continue
            }
            do throws(KernelError) {
                if let (path, _) = made[parent] {
                    directories[controller] = path
                    continue
                }
                if placement.version == .v2 { try Self.makeRoom(in: parent) }
                Self.sweep(parent)
                let (path, lock) = try Self.make(in: parent)
                if placement.version == .v2 { try Self.delegate(parent: path) }
                made[parent] = (path, lock)
                locks.append(lock)
                directories[controller] = path
            } catch {
                unavailable[controller] = error
            }
        }
        self.unavailable = unavailable
        self.directories = directories
        self.locks = locks
    }

    /// A new cgroup for one stage of one execution.
    func makeStage() throws(KernelError) -> StageCgroup {
        let number = counter.add(1, ordering: .relaxed).newValue
        return try StageCgroup(name: String(number), in: self)
    }

    /// Removes the cgroup and what is in it; no stage can be made any more.
    func remove() { for path in Set(directories.values) { Self.remove(path) } }

    deinit {
        remove()
        for lock in locks { close(lock) }
    }

    private static func make(in parent: String) throws(KernelError) -> (String, Int32) {
        // Until it is locked, a neighbour's sweep may take the directory for a dead owner's and remove it.
        for _ in 0..<256 {
            let path = parent + "/" + prefix + String(UInt32.random(in: 0...UInt32.max), radix: 36)
            guard mkdir(path, 0o755) == 0 else {
                guard errno == EEXIST else { throw KernelError(call: "mkdir", number: errno) }
                continue
            }
            let directory: Descriptor
            do throws(KernelError) {
                directory = try File.open(path, O_RDONLY | O_DIRECTORY)
            } catch {
                guard error.number == ENOENT else { throw error }
                continue
            }
            // The lock may be on a directory that has just been removed.
            if sanderling_try_lock(directory.number) == 0, access(path, F_OK) == 0 {
                return (path, directory.release())
            }
        }
        throw KernelError(call: "flock", number: EAGAIN)
    }

    /// Moves this process into a leaf, as v2 forbids processes beside children; cgroups(7), "no internal processes".
    private static func makeRoom(in parent: String) throws(KernelError) {
        let leaf = parent + "/" + CgroupPlacement.supervisorLeaf
        let enabled = try File.text(at: parent + "/cgroup.subtree_control")
        if enabled.contains("memory"), enabled.contains("pids"), enabled.contains("cpu") { return }
        // The root cgroup may hold both.
        if access(parent + "/cgroup.type", F_OK) == 0 {
            guard mkdir(leaf, 0o755) == 0 || errno == EEXIST else {
                throw KernelError(call: "mkdir", number: errno)
            }
            try File.write("0", at: leaf + "/cgroup.procs")
        }
        try delegate(parent: parent)
    }

    private static func delegate(parent: String) throws(KernelError) {
        try File.write("+memory +pids +cpu", at: parent + "/cgroup.subtree_control")
    }

    /// Removes what owners left that are gone; a living owner holds its lock.
    private static func sweep(_ parent: String) {
        for name in entries(of: parent) where name.hasPrefix(prefix) {
            let path = parent + "/" + name
            guard let directory = try? File.open(path, O_RDONLY | O_DIRECTORY),
                sanderling_try_lock(directory.number) == 0
            else { continue }
            remove(path)
        }
    }

    /// Kills what is in a cgroup of ours and removes it with those below it.
    static func remove(_ path: String) {
        for name in entries(of: path) {
            let inner = path + "/" + name
            var status = stat()
            if lstat(inner, &status) == 0, status.st_mode & S_IFMT == S_IFDIR { remove(inner) }
        }
        for attempt in 0..<200 {
            if rmdir(path) == 0 || errno == ENOENT { return }
            for pid in (try? File.text(at: path + "/cgroup.procs"))?.split(separator: "\n") ?? [] {
                if let pid = Int32(pid), pid > 0 { kill(pid, SIGKILL) }
            }
            usleep(UInt32(min(100 << (attempt / 4), 20_000)))
        }
    }

    private static func entries(of path: String) -> [String] {
        guard let stream = opendir(path) else { return [] }
        defer { closedir(stream) }
        var names: [String] = []
        while let entry = readdir(stream) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { field in
                field.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if name != ".", name != ".." { names.append(name) }
        }
        return names
    }
}
