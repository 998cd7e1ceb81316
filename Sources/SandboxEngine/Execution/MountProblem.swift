import FoundationEssentials
package import SandboxModel

/// Why a mount cannot be made, and which of its two paths is at fault.
package struct MountProblem {
    /// A path of a mount.
    package enum Side {
        case source, destination
    }

    /// The mount's place in the policy.
    package let index: Int
    package let side: Side
    package let error: SandboxError

    private init(_ index: Int, _ side: Side, _ message: String, mend: String? = nil) {
        self.index = index
        self.side = side
        error = SandboxError(.invalidRequest, message, mend: mend)
    }

    /// What keeps each of `mounts` from being made, in their order; empty when all can be.
    package static func problems(of mounts: [Mount]) -> [MountProblem] {
        var problems: [MountProblem] = []
        for (index, mount) in mounts.enumerated() {
            if let problem = source(mount, index) { problems.append(problem) }
            if let problem = destination(mount, index, among: mounts) { problems.append(problem) }
        }
        return problems
    }

    private static func source(_ mount: Mount, _ index: Int) -> MountProblem? {
        guard isAbsolute(mount.source) else {
            return Self(index, .source, notAbsolute(mount.source))
        }
        guard FileManager.default.fileExists(atPath: mount.source) else {
            return Self(index, .source, "there is no '\(mount.source)' to mount")
        }
        return nil
    }

    private static func destination(_ mount: Mount, _ index: Int, among mounts: [Mount]) -> MountProblem? {
        guard isAbsolute(mount.destination) else {
            return Self(index, .destination, notAbsolute(mount.destination))
        }
        let parts = mount.destination.pathNames()
        guard let first = parts.first, !closed.contains(first),
            parts.count > 1 || !own.contains(first)
        else {
            return Self(
                index,
                .destination,
                "a mount cannot take the place of '\(mount.destination)'",
                mend: "mount it below a path of its own, such as /data",
            )
        }
        let others = mounts.map { $0.destination.pathNames() }
        guard !others[..<index].contains(parts) else {
            return Self(
                index,
                .destination,
                "two mounts are at '\(mount.destination)'",
                mend: "give each mount a place of its own",
            )
        }
        // The way to it would lead through what programs can change: links in there must never be followed.
        let isInside = zip(mounts, others).contains { other, place in
            other.writable && parts.count > place.count && parts.starts(with: place)
        }
        guard !isInside else {
            return Self(
                index,
                .destination,
                "'\(mount.destination)' lies inside another mount that is writable",
                mend: "give each mount a place of its own",
            )
        }
        return nil
    }

    /// Places that hold what the sandbox itself is made of.
    private static let closed: Set = ["proc", "dev", "sanderling", ".scratch"]
    /// Places of which only the whole is the sandbox's own.
    private static let own: Set = [
        "etc", "usr", "bin", "sbin", "lib", "lib32", "lib64", "libx32", "tmp", "work",
    ]

    private static func isAbsolute(_ path: String) -> Bool {
        path.hasPrefix("/") && !path.utf8.contains(0)
            && !path.pathNames().contains { $0 == "." || $0 == ".." }
    }

    private static func notAbsolute(_ path: String) -> String {
        "a mount needs absolute paths without '..', not '\(path)'"
    }
}
