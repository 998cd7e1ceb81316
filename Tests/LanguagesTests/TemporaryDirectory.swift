import Foundation
import Testing

@testable import LanguageFiles
@testable import Languages

/// A directory that goes away with its owner.
final class TemporaryDirectory {
    let path: String

    init() throws {
        path = FileManager.default.temporaryDirectory.path + "/sanderling-languages-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    /// Writes a file below the directory, and the directories that lead to it; returns its path.
    @discardableResult
    func write(_ name: String, _ text: String, executable: Bool = false) throws -> String {
        let file = "\(path)/\(name)"
        let directory = (file as NSString).deletingLastPathComponent
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        let draft = executable ? file + ".draft" : file
        try Data(text.utf8).write(to: URL(fileURLWithPath: draft))
        return executable ? try install(draft, as: file) : file
    }

    /// Copies a program of the host below the directory; returns its path.
    func copyProgram(_ source: String, to name: String) throws -> String {
        let file = "\(path)/\(name)"
        let directory = (file as NSString).deletingLastPathComponent
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        return try install(source, as: file)
    }

    /// Has another process write an executable: were it open for writing here, a child that another test starts at that
    /// moment would hold it open too, and executing it would fail (ETXTBSY).
    private func install(_ source: String, as file: String) throws -> String {
        try #require(HostTool.output(of: "/usr/bin/install", arguments: ["-m", "755", source, file]) != nil)
        return file
    }
}

/// The text of a small definition, with `changes` made to its lines: a line's key with its new text, or `nil` to drop it.
func definitionText(_ changes: [String: String?] = [:]) -> String {
    let lines = [
        "name": "name: toy", "display_name": "display_name: Toy", "extensions": "extensions: [toy]",
        "family": "family: interpreter", "package": "package: toy-lang",
        "executables": "executables: {toy: {candidates: [toy-interpreter]}}",
        "source_name": "source_name: main.toy", "run": "run: {command: [\"{executable:toy}\", \"{source}\"]}",
        "hello": "hello: {source: hi, expected_output: hi}",
    ]
    let order = [
        "name", "display_name", "extensions", "family", "package", "executables", "source_name", "run",
        "hello",
    ]
    let extra = changes.keys.filter { !order.contains($0) }.sorted()
    return (order + extra).compactMap { changes[$0] ?? lines[$0] }.joined(separator: "\n") + "\n"
}
