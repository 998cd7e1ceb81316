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
    /// Which files there are that not every kernel has.
    let optionalFiles: OptionalFiles
    /// A descriptor for each directory, locked, by controller; what is below is opened from there, as the way to it has many steps.
    let handles: [CgroupController: Int32]
    private let counter = Atomic<Int>(0)

    /// Sweeps what dead owners left and makes a cgroup of its own.
    init(placement: CgroupPlacement) {
        version = placement.version
        var unavailable: [CgroupController: KernelError] = [:]
        var directories: [CgroupController: String] = [:]
        var handles: [CgroupController: Int32] = [:]
        for controller in CgroupController.allCases where placement.directories[controller] == nil {
            unavailable[controller] = KernelError(call: "open", number: ENOENT)
        }
        for parent in Set(placement.directories.values) {
            let here = CgroupController.allCases.filter { placement.directories[$0] == parent }
            do throws(KernelError) {
                let (path, lock) = try Self.make(in: parent, on: placement.version, for: here)
                for controller in here { (directories[controller], handles[controller]) = (path, lock) }
            } catch {
                for controller in here { unavailable[controller] = error }
            }
        }
        self.unavailable = unavailable
        self.directories = directories
        self.handles = handles
        optionalFiles = OptionalFiles(version, memory: directories[.memory])
    }

    /// Ceilings that a kernel may lack, in this cgroup as in those below it.
    struct OptionalFiles {
        /// On swap.
        let swapLimit: Bool
        /// On buffers of TCP sockets.
        let socketLimit: Bool

        fileprivate init(_ version: CgroupPlacement.Version, memory directory: String?) {
            func has(_ file: String) -> Bool {
                directory.map { access($0 + "/" + file, F_OK) == 0 } ?? false
            }
            swapLimit = has(version == .v1 ? "memory.memsw.limit_in_bytes" : "memory.swap.max")
            socketLimit = version == .v1 && has("memory.kmem.tcp.limit_in_bytes")
        }
    }

    /// Each of ``handles`` once: one for each hierarchy.
    var hierarchies: [Int32] { Set(handles.values).sorted() }

    /// A new cgroup for one stage of one execution.
    func makeStage() throws(KernelError) -> StageCgroup {
        let number = counter.add(1, ordering: .relaxed).newValue
        return try StageCgroup(name: String(number), in: self)
    }

    /// Removes the cgroup where nothing is in it; ``remove()`` has still to be called.
    func removeEmpty() { for path in Set(directories.values) { rmdir(path) } }

    /// Removes the cgroup and what is in it; no stage can be made any more.
    func remove() {
        for path in Set(directories.values) {
            CgroupDirectory.remove(path)
            guard version == .v2, let slash = path.lastIndex(of: "/") else { continue }
            let parent = String(path[..<slash])
            // Whoever cannot be waited for is making room there, and does not want it back.
            guard let guardian = try? CgroupDelegation.lock(parent) else { continue }
            CgroupDelegation.giveRoomBack(delegated, in: parent)
            close(guardian)
        }
    }

    /// The controllers that a cgroup hands on; on v2, processor time is counted without one.
    private var delegated: [CgroupController] { directories.keys.filter { $0 != .cpuacct } }

    deinit {
        remove()
        for handle in Set(handles.values) { close(handle) }
    }

    /// A new cgroup below `parent`, locked, where `controllers` can be used.
    private static func make(
        in parent: String,
        on version: CgroupPlacement.Version,
        for controllers: [CgroupController],
    ) throws(KernelError) -> (path: String, lock: Int32) {
        guard version == .v2 else {
            sweep(parent)
            return try make(in: parent)
        }
        let guardian = try CgroupDelegation.lock(parent)
        defer { close(guardian) }
        // On v2, processor time is counted without a controller.
        let delegated = controllers.filter { $0 != .cpuacct }
        try CgroupDelegation.makeRoom(for: delegated, in: parent)
        do throws(KernelError) {
            sweep(parent)
            let (path, lock) = try make(in: parent)
            do throws(KernelError) {
                try CgroupDelegation.enable(delegated, in: path)
            } catch {
                close(lock)
                rmdir(path)
                throw error
            }
            return (path, lock)
        } catch {
            CgroupDelegation.giveRoomBack(delegated, in: parent)
            throw error
        }
    }

    private static func make(in parent: String) throws(KernelError) -> (path: String, lock: Int32) {
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
                rmdir(path)
                guard error.number == ENOENT else { throw error }
                continue
            }
            // The lock may be on a directory that has just been removed.
            if sanderling_try_lock(directory.number) == 0, access(path, F_OK) == 0 {
                return (path, directory.release())
            }
            rmdir(path)
        }
        throw KernelError(call: "flock", number: EAGAIN)
    }

    /// Removes what owners left that are gone; a living owner holds its lock.
    private static func sweep(_ parent: String) {
        for name in CgroupDirectory.children(of: parent) where name.hasPrefix(prefix) {
            let path = parent + "/" + name
            guard let directory = try? File.open(path, O_RDONLY | O_DIRECTORY),
                sanderling_try_lock(directory.number) == 0
            else { continue }
            CgroupDirectory.remove(path)
        }
    }
}
