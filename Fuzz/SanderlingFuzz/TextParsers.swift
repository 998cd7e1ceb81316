import SandboxModel

@testable import LanguageFiles
@testable import Languages
@testable import SandboxEngine
@testable import Sanderling

/// Files of people's, and lines of programs'.
enum TextParsers {
    private static let languages = BatchLanguages(
        names: ["python", "bash", "c"],
        guarded: ["python"],
        extensions: ["py": "python", "sh": "bash", "c": "c"],
    )

    /// Mistakes have places in the text and words.
    static func batch(_ bytes: [UInt8]) {
        guard let text = String(validating: bytes, as: UTF8.self) else { return }
        do {
            let file = try BatchFile(text: text, path: "fuzz.yaml", languages: languages)
            precondition(!file.samples.isEmpty, "a batch without a sample")
            for sample in file.samples { _ = sample.contentHash }
        } catch {
            precondition(
                !error.mistakes.isEmpty && !error.description.isEmpty,
                "a refusal without a mistake",
            )
        }
    }

    static func definition(_ bytes: [UInt8]) {
        guard let text = String(validating: bytes, as: UTF8.self) else { return }
        // A definition's file is called after it.
        let line = text.split(separator: "\n").first { $0.hasPrefix("name: ") }
        let name = line.map { String($0.dropFirst("name: ".count)) }
        let file = (name ?? "fuzz") + ".yaml"
        do {
            _ = try DefinitionReader.definition(text, file: file, by: YAMLDocuments())
        } catch {
            precondition(error.message.contains(file), "a refusal without the file's name")
        }
    }

    static func report(_ bytes: [UInt8]) {
        let report = ModuleGuard.read(bytes)
        precondition(report.violations.allSatisfy { (1...256).contains($0.name.utf8.count) })
    }
}
