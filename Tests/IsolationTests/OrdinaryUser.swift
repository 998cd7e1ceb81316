import Foundation
import Glibc
import LinuxKernel
import SandboxModel

/// A user who owns what a test gives it and has no privilege, in a process of the test's own.
enum OrdinaryUser {
    /// Nobody's on hosts that give ids out from 1000 on, and no other test's: what is done to all processes of a user would
    /// otherwise be done to theirs.
    static let identity = 0x3000_0000 + uid_t(getpid())

    /// Layers that take a cgroup, which is not delegated to this user.
    static let withoutCgroups: Set<Layer> = [.memoryLimit, .processLimit, .cpuTimeLimit]

    /// Becomes the user for good, in a directory of its own, whose path is returned.
    static func become() throws -> String {
        let directory = FileManager.default.temporaryDirectory
            .appending(path: "sanderling-user-\(UUID().uuidString)").path(percentEncoded: false)
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        guard chown(directory, identity, identity) == 0 else { throw Failure(call: "chown", number: errno) }
        try Credentials.become(uid: identity, gid: identity, keepGroups: false)
        // After the change of identity, which takes its own files in /proc away from it.
        try LinuxKernel.Process.unprotect()
        return directory
    }

    private typealias Failure = KernelError
}
