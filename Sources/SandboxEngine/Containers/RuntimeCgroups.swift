import Glibc
import LinuxKernel

/// The control groups that runc makes for its containers, in every hierarchy, whatever it is told.
///
/// Nothing is limited or counted there: a program's process joins its stage's. runc removes them with the container; when it is
/// killed they are left, and empty.
enum RuntimeCgroups {
    private static let prefix = "oci-sanderling."

    /// The control group of the container `name`, which begins with its owner's pid.
    static func name(of container: String) -> String { "oci-" + container }

    /// Removes what owners left that are gone.
    static func sweep() {
        guard let membership = try? File.text(at: "/proc/self/cgroup"),
            let mounts = try? File.text(at: "/proc/self/mountinfo")
        else { return }
        for directory in CgroupPlacement.everyDirectory(membership: membership, mounts: mounts) {
            for name in CgroupDirectory.children(of: directory) where isLeft(name) {
                // Fails where a process is in it.
                rmdir(directory + "/" + name)
            }
        }
    }

    private static func isLeft(_ name: String) -> Bool {
        guard name.hasPrefix(prefix), let pid = Int32(name.dropFirst(prefix.count).prefix { $0 != "." })
        else {
            return false
        }
        return kill(pid, 0) != 0 && errno == ESRCH
    }
}
