import Languages
import SandboxModel

/// Where a program's source comes from.
enum ProgramSource: Hashable {
    /// The text itself.
    case code(String)
    /// A file of the host.
    case file(String)
    /// The command's own standard input.
    case standardInput

    /// The source as bytes.
    func bytes() throws(Mistake) -> [UInt8] {
        switch self {
        case .code(let text): Array(text.utf8)
        case .file(let path): try HostFile(path: path).contents
        case .standardInput: try HostFile.standardInput()
        }
    }

    /// The language of the source: the one that was named, or what the file's name and first line say.
    func language(
        named name: String?,
        source: [UInt8],
        in catalog: LanguageCatalog,
    ) throws -> LanguageDefinition {
        if let name { return try catalog.definition(named: name) }
        guard case .file(let path) = self else { throw Mistake("the code needs --language") }
        guard let language = try catalog.language(ofFile: path, source: source) else {
            throw Mistake(
                "neither the name nor the first line of \(path.quoted) says what language it is in; "
                    + "name it with --language ('sanderling languages' lists them)"
            )
        }
        return language
    }

    /// The source file's name inside, or `nil` for the language's own.
    func name(in language: LanguageDefinition) -> String? {
        guard case .file(let path) = self else { return nil }
        return language.sourceName(ofFile: path)
    }
}
