import Glibc
package import LinuxKernel

/// Where in the cgroup tree this process may make cgroups: below its own, so that limits on it hold for what it runs.
package struct CgroupPlacement: Sendable, Equatable {
    /// The version of the interface; cgroups(7).
    enum Version: Sendable { case v1, v2 }

    /// Which interface the controllers are on.
    let version: Version
    /// The directory of this process's own cgroup, by controller; on v2 they are all the same.
    let directories: [CgroupController: String]

    /// Finds the controllers from /proc/self/cgroup and /proc/self/mountinfo.
    package static func ofThisProcess() throws(KernelError) -> CgroupPlacement {
        parse(
            membership: try File.text(at: "/proc/self/cgroup"),
            mounts: try File.text(at: "/proc/self/mountinfo"),
            controllersOf: { directory in try? File.text(at: directory + "/cgroup.controllers") },
        )
    }

    /// Reads what the kernel says of memberships and mounts; `controllersOf` reads a v2 directory's controllers.
    static func parse(
        membership: String,
        mounts: String,
        controllersOf: (String) -> String?,
    ) -> CgroupPlacement {
        var v1: [CgroupController: String] = [:]
        var unified: String?
        let mountPoints = mounts.split(separator: "\n").compactMap(MountPoint.init)
        for line in membership.split(separator: "\n") {
            let fields = line.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false)
            guard fields.count == 3 else { continue }
            let path = String(fields[2])
            if fields[1].isEmpty {
                unified = mountPoints.first { $0.type == "cgroup2" }?.directory(of: path)
                continue
            }
            for name in fields[1].split(separator: ",") {
                guard let controller = CgroupController(rawValue: String(name)) else { continue }
                let mount = mountPoints.first { $0.type == "cgroup" && $0.options.contains(name) }
                v1[controller] = mount?.directory(of: path)
            }
        }
        if let unified, let available = controllersOf(base(of: unified)) {
            let names = available.split { $0 == " " || $0 == "\n" }.map(String.init)
            var found: [CgroupController: String] = [:]
            for controller in [CgroupController.memory, .pids, .cpu] where names.contains(controller.rawValue)
            {
                found[controller] = base(of: unified)
            }
            // On v2 every cgroup counts processor time, with or without the cpu controller.
            if !found.isEmpty {
                found[.cpuacct] = base(of: unified)
                return CgroupPlacement(version: .v2, directories: found)
            }
        }
        return CgroupPlacement(version: .v1, directories: v1)
    }

    /// The directories of a process's cgroup in every hierarchy that is mounted, also in those without a controller of ours.
    static func everyDirectory(membership: String, mounts: String) -> [String] {
        let mountPoints = mounts.split(separator: "\n").compactMap(MountPoint.init)
        return membership.split(separator: "\n").compactMap { line in
            let fields = line.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false)
            guard fields.count == 3 else { return nil }
            let name = fields[1].split(separator: ",").first
            let mount = mountPoints.first { mount in
                guard let name else { return mount.type == "cgroup2" }
                return mount.type == "cgroup" && mount.options.contains(name)
            }
            return mount?.directory(of: String(fields[2]))
        }
    }

    /// The leaf that this process's cgroup moves its processes into on v2; see ``CgroupDelegation``.
    static let supervisorLeaf = "sanderling.supervisor"

    private static func base(of directory: String) -> String {
        directory.hasSuffix("/" + supervisorLeaf)
            ? String(directory.dropLast(supervisorLeaf.count + 1)) : directory
    }

    /// One line of /proc/self/mountinfo, as far as it matters here; proc_pid_mountinfo(5).
    private struct MountPoint {
        let root: String
        let path: String
        let type: Substring
        let options: [Substring]

        init?(_ line: Substring) {
            let fields = line.split(separator: " ")
            guard let dash = fields.firstIndex(of: "-"), fields.count > dash + 3, dash >= 6 else {
                return nil
            }
            root = String(fields[3])
            path = String(fields[4])
            type = fields[dash + 1]
            options = fields[dash + 3].split(separator: ",")
        }

        /// The directory of the cgroup at `cgroup`, when this mount shows it.
        func directory(of cgroup: String) -> String? {
            if root == "/" { return cgroup == "/" ? path : path + cgroup }
            // A sibling's name may begin with this one's.
            guard cgroup == root || cgroup.hasPrefix(root + "/") else { return nil }
            return path + cgroup.dropFirst(root.count)
        }
    }
}
