import Foundation
import Glibc
import Testing

@testable import Sanderling

/// The removal of directories in which a program could make what it liked.
@Suite struct RemovedTreeTests {
    @Test func `a directory goes with whatever is nested in it, and nothing that a link points to`() throws {
        let parent = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
            .path(percentEncoded: false)
        for path in [parent, parent + "/kept", parent + "/tree"] { try #require(mkdir(path, 0o755) == 0) }
        defer { try? FileManager.default.removeItem(atPath: parent) }
        let directory = open(parent, O_RDONLY | O_DIRECTORY)
        defer { close(directory) }
        try "x".write(toFile: parent + "/kept/file", atomically: false, encoding: .utf8)
        try #require(symlink("../kept", parent + "/tree/link") == 0)
        try Self.nest(in: parent + "/tree", levels: 5_000)
        RemovedTree.remove("tree", in: directory)
        #expect(access(parent + "/tree", F_OK) != 0)
        #expect(access(parent + "/kept/file", F_OK) == 0)
    }

    /// Makes directories in directories, deeper than a path can name and than a process can have open.
    private static func nest(in path: String, levels: Int) throws {
        var number = open(path, O_RDONLY | O_DIRECTORY)
        for level in 0..<levels {
            // Each with a file beside it, and every second one closed.
            close(openat(number, "file", O_WRONLY | O_CREAT, 0o600))
            try #require(mkdirat(number, "d", 0o755) == 0)
            let inner = openat(number, "d", O_RDONLY | O_DIRECTORY)
            if level % 2 == 1 { fchmod(number, 0o300) }
            close(number)
            number = inner
        }
        close(number)
    }
}
