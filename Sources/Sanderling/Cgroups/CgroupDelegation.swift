import Glibc
import LinuxKernel

/// Hands a cgroup's controllers on to those below it; cgroup v2 alone needs it.
enum CgroupDelegation {
    /// Rounds of moving processes out of the way; each catches what was forked during the one before.
    private static let rounds = 16

    /// Hands `controllers` on to the children of a cgroup without processes.
    static func enable(_ controllers: [CgroupController], in directory: String) throws(KernelError) {
        let names = controllers.map { "+" + $0.rawValue }.joined(separator: " ")
        try File.write(names, at: directory + "/cgroup.subtree_control")
    }

    /// Hands `controllers` on to the children of this process's own cgroup.
    ///
    /// Only a cgroup without processes may; cgroups(7), "no internal processes". So all that are in it, the session that
    /// started this one included, move into a leaf below it. They stay there, under the limits they were under. A failure
    /// moves them back.
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
            try empty(own, into: leaf, andEnable: controllers)
        } catch {
            try? moveProcesses(from: leaf, to: own)
            rmdir(leaf)
            throw error
        }
    }

    private static func empty(
        _ own: String,
        into leaf: String,
        andEnable controllers: [CgroupController],
    ) throws(KernelError) {
        for round in 1...rounds {
            try moveProcesses(from: own, to: leaf)
            do throws(KernelError) {
                return try enable(controllers, in: own)
            } catch {
                guard error.number == EBUSY, round < rounds else { throw error }
            }
        }
    }

    private static func moveProcesses(from source: String, to destination: String) throws(KernelError) {
        for pid in try File.text(at: source + "/cgroup.procs").split(separator: "\n") where pid != "0" {
            do throws(KernelError) {
                try File.write(String(pid), at: destination + "/cgroup.procs")
            } catch {
                // It has ended since.
                guard error.number == ESRCH else { throw error }
            }
        }
    }
}
