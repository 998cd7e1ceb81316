import Foundation
import SandboxModel
import Testing

@testable import SanderlingCLI

/// Files that come out of a sandbox stay where they are put.
@Suite struct CollectedFileTests: ~Copyable {
    private let root: URL
    private var out: URL { root.appending(path: "out") }

    init() throws {
        root = FileManager.default.temporaryDirectory.appending(path: "sanderling-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: root, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(at: root) }

    private func write(_ paths: String...) throws {
        let files = paths.map { CollectedFile(path: $0, contents: Array("new".utf8)) }
        try CollectedFiles(directory: out.path).write(files)
    }

    private func text(_ path: String) throws -> String {
        try String(contentsOf: root.appending(path: path), encoding: .utf8)
    }

    @Test func `files are written with the directories they need`() throws {
        try write("a.txt", "deep/er/b.txt", "deep/c.txt")
        #expect(try text("out/a.txt") == "new")
        #expect(try text("out/deep/er/b.txt") == "new")
        #expect(try text("out/deep/c.txt") == "new")
    }

    @Test(arguments: [
        "../escaped", "/escaped", "a/../../escaped", ".", "a//b", "a/./b", "", "a/", "nul\0",
        "../\u{301}escaped",
    ])
    func `a name that leads elsewhere is refused before anything is written`(name: String) throws {
        let root = root
        #expect(throws: CollectionFailure.self) { try write("fine.txt", name) }
        #expect(try FileManager.default.contentsOfDirectory(atPath: root.path).isEmpty)
    }

    @Test func `an existing file is not written over`() throws {
        try FileManager.default.createDirectory(at: out, withIntermediateDirectories: true)
        try "old".write(to: out.appending(path: "a.txt"), atomically: true, encoding: .utf8)
        #expect(throws: CollectionFailure.self) { try write("a.txt") }
        #expect(try text("out/a.txt") == "old")
    }

    @Test func `links are followed neither on the way nor at the end`() throws {
        let outside = root.appending(path: "outside")
        try FileManager.default.createDirectory(at: outside, withIntermediateDirectories: true)
        try FileManager.default.createDirectory(at: out, withIntermediateDirectories: true)
        try FileManager.default.createSymbolicLink(
            at: out.appending(path: "way"),
            withDestinationURL: outside,
        )
        try FileManager.default.createSymbolicLink(
            at: out.appending(path: "end"),
            withDestinationURL: outside.appending(path: "made"),
        )
        #expect(throws: CollectionFailure.self) { try write("way/\u{301}made") }
        #expect(throws: CollectionFailure.self) { try write("way/x") }
        #expect(throws: CollectionFailure.self) { try write("end") }
        #expect(try FileManager.default.contentsOfDirectory(atPath: outside.path).isEmpty)
    }
}
