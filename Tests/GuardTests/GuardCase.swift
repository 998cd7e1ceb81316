import Foundation
import Testing

/// One small program under `Attacks` or `Benign`, with the policy that its first line may give.
struct GuardCase: Sendable, CustomTestStringConvertible {
    enum Kind: String { case attacks = "Attacks", benign = "Benign" }
    enum Language: String { case python, javascript }

    let language: Language
    let file: URL
    let directory: URL
    let policy: String

    var testDescription: String { file.lastPathComponent }

    /// The name the program has in its work directory.
    var programName: String { "main.\(file.pathExtension)" }

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
            policy = String(firstLine[range.upperBound...])
        } else {
            switch language {
            case .python: policy = #"{"denied": ["os", "sys", "subprocess"]}"#
            case .javascript: policy = #"{"denied": ["fs", "child_process", "net"]}"#
            }
        }
    }

    /// The directory of these tests' sources.
    static let testDirectory = URL(filePath: #filePath).deletingLastPathComponent()

    /// The directory of the guards themselves.
    static let guards = testDirectory.appending(path: "../../Sources/Languages/Guards").standardizedFileURL
}
