import Foundation
import SandboxModel
import Testing

/// One small program under `Attacks` or `Benign`, with the policy that its first line may give.
struct GuardCase: Sendable, CustomTestStringConvertible {
    enum Kind: String { case attacks = "Attacks", benign = "Benign" }
    enum Language: String { case python, javascript }

    let language: Language
    let file: URL
    let directory: URL
    let modules: ModulePolicy

    var testDescription: String { file.lastPathComponent }

    /// Every program of one kind in one language, in the order of their names.
    static func all(_ kind: Kind, _ language: Language) -> [GuardCase] {
        let directory = testDirectory.appending(path: "\(kind.rawValue)/\(language.rawValue)")
        let files = try? FileManager.default.contentsOfDirectory(
            at: directory,
            includingPropertiesForKeys: nil,
        )
        return (files ?? [])
            .filter { ["py", "cjs", "mjs"].contains($0.pathExtension) }
            .sorted { $0.lastPathComponent < $1.lastPathComponent }
            .map { GuardCase(language: language, file: $0, directory: directory) }
    }

    private init(language: Language, file: URL, directory: URL) {
        self.language = language
        self.file = file
        self.directory = directory
        let firstLine = (try? String(contentsOf: file, encoding: .utf8))?.prefix { $0 != "\n" } ?? ""
        let marker = "policy: "
        if let range = firstLine.range(of: marker) {
            modules = Self.lists(String(firstLine[range.upperBound...]))
        } else {
            switch language {
            case .python: modules = ModulePolicy(denied: ["os", "sys", "subprocess"])
            case .javascript: modules = ModulePolicy(denied: ["fs", "child_process", "net"])
            }
        }
    }

    /// The lists that a first line gives; one that cannot be read stops the tests, lest a case prove nothing.
    private static func lists(_ text: String) -> ModulePolicy {
        do {
            return try JSONDecoder().decode(ModulePolicy.self, from: Data(text.utf8))
        } catch {
            preconditionFailure("no module lists: \(text): \(error)")
        }
    }

    /// The program, with the files that it may import.
    var program: Program {
        get throws {
            Program(
                language: language.rawValue,
                source: [UInt8](try Data(contentsOf: file)),
                sourceName: "main.\(file.pathExtension)",
                files: try Self.files(below: directory.appending(path: "files")),
            )
        }
    }

    private static func files(below directory: URL) throws -> [ProgramFile] {
        let paths = FileManager.default.enumerator(atPath: directory.path)?.compactMap { $0 as? String } ?? []
        return try paths.filter { ["py", "cjs", "mjs"].contains(($0 as NSString).pathExtension) }.map {
            path in
            ProgramFile(path: path, contents: [UInt8](try Data(contentsOf: directory.appending(path: path))))
        }
    }

    /// The directory of these tests' sources.
    static let testDirectory = URL(filePath: #filePath).deletingLastPathComponent()
}
