import Foundation
import Reporting
import SandboxModel
import Testing

@Suite struct ReportDestinationTests {
    /// A pipe in a directory of the test's own, held open so that nobody waits for a reader.
    private func pipe(_ path: String) throws -> FileHandle {
        try #require(mkfifo(path, 0o600) == 0)
        let descriptor = open(path, O_RDWR | O_NONBLOCK | O_CLOEXEC)
        try #require(descriptor >= 0)
        return FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
    }

    private func kind(_ path: String) throws -> FileAttributeType? {
        try FileManager.default.attributesOfItem(atPath: path)[.type] as? FileAttributeType
    }

    @Test func `links are followed to the file they lead to, there or not`() throws {
        let directory = try TemporaryDirectory()
        let real = directory.path("deep/real.json")
        try FileManager.default.createDirectory(
            atPath: directory.path("deep"),
            withIntermediateDirectories: true,
        )
        try FileManager.default.createSymbolicLink(atPath: directory.path("a"), withDestinationPath: "b")
        try FileManager.default.createSymbolicLink(
            atPath: directory.path("b"),
            withDestinationPath: "deep/real.json",
        )
        let resolved = try #require(realpath(directory.path("deep"), nil))
        defer { free(resolved) }
        let expected = String(cString: resolved) + "/real.json"
        #expect(try ReportDestination(directory.path("a")) == .file(expected))
        try Data().write(to: URL(fileURLWithPath: real))
        #expect(try ReportDestination(directory.path("a")) == .file(expected))
        let absent = directory.path("new/way/r.json")
        #expect(try ReportDestination(absent) == .file(absent))
    }

    @Test func `a report through a link is written beside its file and leaves the link`() throws {
        let directory = try TemporaryDirectory()
        try FileManager.default.createDirectory(
            atPath: directory.path("deep"),
            withIntermediateDirectories: true,
        )
        let (link, real) = (directory.path("link.json"), directory.path("deep/real.json"))
        try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: "deep/real.json")
        let writer = try BatchReportWriter(path: link, total: 0)
        #expect(FileManager.default.fileExists(atPath: real + ".partial"))
        #expect(try BatchReportWriter.partialPath(of: link).hasSuffix("deep/real.json.partial"))
        try writer.finish(summary: BatchSummary(total: 0))
        #expect(try kind(link) == .typeSymbolicLink)
        #expect(try BatchReportReader(path: real).count == 0)
        let file = try ReportFile(path: link)
        try file.write("text")
        try file.commit()
        #expect(try kind(link) == .typeSymbolicLink)
        #expect(try String(contentsOfFile: real, encoding: .utf8) == "text")
    }

    @Test func `a pipe is written to and stays a pipe`() throws {
        let directory = try TemporaryDirectory()
        let (path, link) = (directory.path("pipe"), directory.path("link"))
        let reader = try pipe(path)
        try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: "pipe")
        #expect(try ReportDestination(path).file == nil)
        #expect(throws: UnfitDestination.self) { try BatchReportWriter(path: path, total: 0) }
        let source = directory.path("made.json")
        try Data("report".utf8).write(to: URL(fileURLWithPath: source))
        let file = try ReportFile(path: link)
        try file.copy(from: source)
        try file.commit()
        #expect(try reader.read(upToCount: 6) == Data("report".utf8))
        #expect(try kind(path) != .typeRegular)
        let names = try FileManager.default.contentsOfDirectory(atPath: directory.url.path)
        #expect(names.sorted() == ["link", "made.json", "pipe"])
    }

    @Test func `a descriptor's name shares the place in its file`() throws {
        let directory = try TemporaryDirectory()
        let path = directory.path("out.txt")
        try Data().write(to: URL(fileURLWithPath: path))
        let handle = try FileHandle(forWritingTo: URL(fileURLWithPath: path))
        try handle.write(contentsOf: Data("before ".utf8))
        let name = "/dev/fd/\(handle.fileDescriptor)"
        #expect(try ReportDestination(name) == .descriptor(handle.fileDescriptor))
        let file = try ReportFile(path: name)
        try file.write("report")
        try file.commit()
        try handle.write(contentsOf: Data(" after".utf8))
        #expect(try String(contentsOfFile: path, encoding: .utf8) == "before report after")
    }

    @Test func `what cannot be a report's file is refused with what stands in the way`() throws {
        let directory = try TemporaryDirectory()
        let file = directory.path("file")
        try Data().write(to: URL(fileURLWithPath: file))
        let refusal = #expect(throws: UnfitDestination.self) { try ReportDestination(directory.url.path) }
        #expect(refusal?.number == EISDIR)
        #expect(throws: UnfitDestination.self) { try ReportDestination(file + "/r.json").checkWritable() }
        try FileManager.default.createSymbolicLink(
            atPath: directory.path("loop"),
            withDestinationPath: "loop",
        )
        #expect(throws: UnfitDestination.self) { try ReportDestination(directory.path("loop")) }
        try ReportDestination(directory.path("new/way/r.json")).checkWritable()
        #expect(!FileManager.default.fileExists(atPath: directory.path("new")))
    }
}
