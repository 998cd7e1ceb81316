import Foundation
import Testing

@testable import SandboxEngine
@testable import Sanderling

/// Who the cache's directory must belong to.
@Suite struct PrivateCacheDirectoryTests {
    private let temporary = TemporaryDirectory()

    private var mode: Int {
        get throws {
            let attributes = try FileManager.default.attributesOfItem(atPath: temporary.path)
            return try #require(attributes[.posixPermissions] as? Int)
        }
    }

    @Test func `it is made for its owner alone`() throws {
        #expect(PrivateCacheDirectory(at: temporary.path + "/a/b") != nil)
        #expect(try mode == 0o700)
        #expect(PrivateCacheDirectory(at: temporary.path + "/a/b") != nil)
    }

    @Test(arguments: [0o770, 0o701, 0o750, 0o777])
    func `one that others have rights to is not used`(mode: Int) throws {
        try #require(PrivateCacheDirectory(at: temporary.path) != nil)
        try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: temporary.path)
        #expect(PrivateCacheDirectory(at: temporary.path) == nil)
        #expect(CompileCache(.init(directory: temporary.path)) == nil)
    }

    @Test func `one that belongs to another is not used`() throws {
        try #require(PrivateCacheDirectory(at: temporary.path) != nil)
        // Needs root, which the tests have; otherwise there is nobody to give it to.
        try #require(chown(temporary.path, 12_345, 12_345) == 0)
        #expect(PrivateCacheDirectory(at: temporary.path) == nil)
    }

    @Test func `a symbolic link is not followed`() throws {
        let parent = try #require(PrivateCacheDirectory(at: temporary.path))
        try #require(parent.directory("real") != nil)
        try FileManager.default.createSymbolicLink(
            atPath: temporary.path + "/link",
            withDestinationPath: "real",
        )
        #expect(PrivateCacheDirectory(at: temporary.path + "/link") == nil)
        #expect(parent.directory("link") == nil)
    }

    @Test func `a file in its place, or a place where none can be, is no error`() throws {
        try #require(PrivateCacheDirectory(at: temporary.path) != nil)
        try Data().write(to: URL(filePath: temporary.path + "/file"))
        #expect(PrivateCacheDirectory(at: temporary.path + "/file") == nil)
        #expect(PrivateCacheDirectory(at: "/proc/sanderling") == nil)
        #expect(CompileCache(.init(directory: "/proc/sanderling")) == nil)
        #expect(CompileCache(.init(isEnabled: false, directory: temporary.path)) == nil)
    }
}
