import CLinux
import Glibc
import LinuxKernel

/// Hands a cgroup's controllers on to those below it; cgroup v2 alone needs it.
///
/// Only a cgroup without processes may hand them on; cgroups(7), "no internal processes". So all that are in the caller's
/// own, the session that started it included, move into a leaf below it, where they are under the limits they were under.
/// When the last Sanderling there ends, they move back.
enum CgroupDelegation {
    /// Rounds of moving processes; each catches what was forked during the one before, or waits for what was about to end.
    private static let rounds = 16

    /// Hands `controllers` on to the children of a cgroup without processes.
    static func enable(_ controllers: [CgroupController], in directory: String) throws(KernelError) {
        try write("+", controllers, in: directory)
    }

    /// Hands `controllers` on to the children of this process's own cgroup; a failure leaves it as it was.
    static func makeRoom(for controllers: [CgroupController], in own: String) throws(KernelError) {
        let enabled = try File.text(at: own + "/cgroup.subtree_control")
            .split { $0 == " " || $0 == "\n" }.map(String.init)
        if controllers.allSatisfy({ enabled.contains($0.rawValue) }) { return }
        // The root cgroup may hold both, and has no type.
        guard access(own + "/cgroup.type", F_OK) == 0 else { return try enable(controllers, in: own) }
        let leaf = own + "/" + CgroupPlacement.supervisorLeaf
        guard mkdir(leaf, 0o755) == 0 || errno == EEXIST else {
            throw KernelError(call: "mkdir", number: errno)
        }
        do throws(KernelError) {
            try move(from: own, to: leaf) { () throws(KernelError) in try enable(controllers, in: own) }
        } catch {
            moveBack(from: leaf, to: own)
            throw error
        }
    }

    /// Undoes ``makeRoom(for:in:)``, unless something else below this process's own cgroup needs the controllers.
    static func giveRoomBack(_ controllers: [CgroupController], in own: String) {
        let leaf = own + "/" + CgroupPlacement.supervisorLeaf
        guard CgroupDirectory.children(of: own) == [CgroupPlacement.supervisorLeaf],
            (try? write("-", controllers, in: own)) != nil
        else { return }
        moveBack(from: leaf, to: own)
    }

    /// Keeps others from making room or giving it back in a cgroup until the descriptor is closed.
    ///
    /// Whoever does either must hold it.
    static func lock(_ directory: String) throws(KernelError) -> Int32 {
        let file = try File.open(directory, O_RDONLY | O_DIRECTORY)
        // Longer than another's sweep takes.
        for _ in 0..<10_000 {
            if sanderling_try_lock(file.number) == 0 { return file.release() }
            usleep(1_000)
        }
        throw KernelError(call: "flock", number: EAGAIN)
    }

    private static func write(
        _ sign: String,
        _ controllers: [CgroupController],
        in directory: String,
    ) throws(KernelError) {
        let names = controllers.map { sign + $0.rawValue }.joined(separator: " ")
        try File.write(names, at: directory + "/cgroup.subtree_control")
    }

    /// Moves every process, until `isDone` does not find a new one.
    private static func move(
        from source: String,
        to destination: String,
        until isDone: () throws(KernelError) -> Void,
    ) throws(KernelError) {
        for round in 1...rounds {
            for pid in try File.text(at: source + "/cgroup.procs").split(separator: "\n") where pid != "0" {
                do throws(KernelError) {
                    try File.write(String(pid), at: destination + "/cgroup.procs")
                } catch {
                    // It has ended since.
                    guard error.number == ESRCH else { throw error }
                }
            }
            do throws(KernelError) {
                return try isDone()
            } catch {
                guard error.number == EBUSY, round < rounds else { throw error }
                // A process that ends cannot be moved any more, and is there until its namespaces are gone.
                usleep(1_000)
            }
        }
    }

    private static func moveBack(from leaf: String, to own: String) {
        try? move(from: leaf, to: own) { () throws(KernelError) in
            guard rmdir(leaf) == 0 else { throw KernelError(call: "rmdir", number: errno) }
        }
    }
}
