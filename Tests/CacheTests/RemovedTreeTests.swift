import Foundation
import Glibc
import LinuxKernel
import Testing

@testable import SandboxEngine
@testable import Sanderling

/// The removal of directories in which a program could make what it liked.
@Suite struct RemovedTreeTests {
    @Test func `a directory goes with whatever is nested in it, and nothing that a link points to`() async {
        await #expect(processExitsWith: .success) {
            let parent = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
                .path(percentEncoded: false)
            let user = 0x3000_0000 + uid_t(getpid())
            try #require(mkdir(parent, 0o700) == 0 && chown(parent, user, user) == 0)
            // A directory that is closed to its owner is open to root.
            try Credentials.become(uid: user, gid: user, keepGroups: false)
            for path in ["/kept", "/tree"] { try #require(mkdir(parent + path, 0o700) == 0) }
            try "x".write(toFile: parent + "/kept/file", atomically: false, encoding: .utf8)
            try #require(symlink("../kept", parent + "/tree/link") == 0)
            try RemovedTreeTests.nest(in: parent + "/tree", levels: 5_000)
            var descriptors = rlimit(rlim_cur: 256, rlim_max: 256)
            setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &descriptors)
            let directory = open(parent, O_RDONLY | O_DIRECTORY)
            RemovedTree.remove("tree", in: directory)
            #expect(access(parent + "/tree", F_OK) != 0)
            #expect(access(parent + "/kept/file", F_OK) == 0)
            RemovedTree.remove("kept", in: directory)
            #expect(rmdir(parent) == 0)
        }
    }

    /// Makes directories in directories, deeper than a path can name and than a process can have open.
    private static func nest(in path: String, levels: Int) throws {
        var number = open(path, O_RDONLY | O_DIRECTORY)
        for level in 0..<levels {
            // Each with a file beside it, and every second one closed.
            close(openat(number, "file", O_WRONLY | O_CREAT, 0o600))
            try #require(mkdirat(number, "d", 0o700) == 0)
            let inner = openat(number, "d", O_RDONLY | O_DIRECTORY)
            if level % 2 == 1 { fchmod(number, 0o300) }
            close(number)
            number = inner
        }
        close(number)
    }
}
