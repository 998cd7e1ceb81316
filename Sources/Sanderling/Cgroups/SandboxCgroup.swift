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
        for controller in CgroupController.allCases where placement.directories[controller] == nil {
            unavailable[controller] = KernelError(call: "open", number: ENOENT)
        }
        for parent in Set(placement.directories.values) {
            let here = CgroupController.allCases.filter { placement.directories[$0] == parent }
            do throws(KernelError) {
                let (path, lock) = try Self.make(in: parent, on: placement.version, for: here)
                locks.append(lock)
                for controller in here { directories[controller] = path }
            } catch {
                for controller in here { unavailable[controller] = error }
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

    /// A new cgroup below `parent`, locked, where `controllers` can be used.
    private static func make(
        in parent: String,
        on version: CgroupPlacement.Version,
        for controllers: [CgroupController],
    ) throws(KernelError) -> (path: String, lock: Int32) {
        // On v2, processor time is counted without a controller.
        let delegated = controllers.filter { $0 != .cpuacct }
        if version == .v2 { try CgroupDelegation.makeRoom(for: delegated, in: parent) }
        sweep(parent)
        let (path, lock) = try make(in: parent)
        guard version == .v2 else { return (path, lock) }
        do throws(KernelError) {
            try CgroupDelegation.enable(delegated, in: path)
        } catch {
            close(lock)
            rmdir(path)
            throw error
        }
        return (path, lock)
    }

    private static func make(in parent: String) throws(KernelError) -> (path: String, lock: Int32) {
        for _ in 0..<16 {
            let path = parent + "/" + prefix + String(UInt32.random(in: 0...UInt32.max), radix: 36)
            guard mkdir(path, 0o755) == 0 else {
                guard errno == EEXIST else { throw KernelError(call: "mkdir", number: errno) }
                continue
            }
            let directory = try File.open(path, O_RDONLY | O_DIRECTORY)
            // A sweep may have come between; then it has removed the directory and the lock is on a dead one.
            if sanderling_try_lock(directory.number) == 0, access(path, F_OK) == 0 {
                return (path, directory.release())
            }
        }
        throw KernelError(call: "flock", number: EAGAIN)
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
            killAll(in: path)
            usleep(UInt32(min(100 << (attempt / 4), 20_000)))
        }
    }

    private static func killAll(in path: String) {
        // v2 kills all at once, and nobody whose number has passed to another meanwhile. Requires Linux 5.14.
        if (try? File.write("1", at: path + "/cgroup.kill")) != nil { return }
        for pid in (try? File.text(at: path + "/cgroup.procs"))?.split(separator: "\n") ?? [] {
            if let pid = Int32(pid), pid > 0 { kill(pid, SIGKILL) }
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
