import Foundation
import Glibc
import Testing

@testable import SandboxEngine
@testable import Sanderling

/// What the cache believes, and what it leaves.
struct CachedFileTests: ~Copyable {
    private let base = FileManager.default.temporaryDirectory.appending(path: "cache-\(UUID())").path
    private var directory: String { base + "/sanderling/things" }

    deinit { try? FileManager.default.removeItem(atPath: base) }

    private func stored(_ contents: String, mode: mode_t? = nil) throws {
        try #require(PrivateCacheDirectory(named: "things", at: base + "/sanderling")).store(
            Array(contents.utf8),
            as: "one",
        )
        if let mode { chmod(directory + "/one", mode) }
    }

    private func found() throws -> String? {
        let cache = try #require(PrivateCacheDirectory(named: "things", at: base + "/sanderling"))
        return cache.contents(of: "one").map { String(decoding: $0, as: UTF8.self) }
    }

    @Test func `what is stored is found again, and replaced by what is stored later`() throws {
        #expect(try found() == nil)
        try stored("first")
        #expect(try found() == "first")
        try stored("second")
        #expect(try found() == "second")
        #expect(try FileManager.default.contentsOfDirectory(atPath: directory) == ["one"])
    }

    @Test(arguments: [0o777, 0o720, 0o750])
    func `a directory that is open to others is no cache`(mode: mode_t) throws {
        try stored("first")
        for path in [directory, base + "/sanderling"] {
            chmod(path, mode)
            #expect(PrivateCacheDirectory(named: "things", at: base + "/sanderling") == nil)
            chmod(path, 0o700)
        }
        #expect(try found() == "first")
    }

    @Test(arguments: [0o666, 0o620, 0o604]) func `a file that is open to others is not believed`(mode: mode_t)
        throws
    {
        try stored("first", mode: mode)
        #expect(try found() == nil)
        try stored("second")
        #expect(try found() == "second")
    }

    @Test func `links are not followed`() throws {
        try stored("first")
        rename(directory + "/one", base + "/elsewhere")
        symlink(base + "/elsewhere", directory + "/one")
        #expect(try found() == nil)
        try stored("second")
        #expect(try found() == "second")
        #expect(try String(contentsOfFile: base + "/elsewhere", encoding: .utf8) == "first")

        rename(directory, base + "/aside")
        symlink(base + "/aside", directory)
        #expect(PrivateCacheDirectory(named: "things", at: base + "/sanderling") == nil)
    }

    @Test func `what is no file and what is too large is not read`() throws {
        try stored("0123456789")
        let cache = try #require(PrivateCacheDirectory(named: "things", at: base + "/sanderling"))
        #expect(cache.contents(of: "one", limit: 9) == nil)
        #expect(cache.contents(of: "one", limit: 10)?.count == 10)
        mkfifo(directory + "/pipe", 0o600)
        #expect(cache.contents(of: "pipe") == nil)
        #expect(cache.contents(of: "none") == nil)
    }

    @Test func `where none can be made there is none`() {
        #expect(PrivateCacheDirectory(named: "things", at: "/proc/cache") == nil)
    }
}
