import Languages
import SandboxModel
import Service

/// A language as Judge0 numbers it.
///
/// The numbers up to 89 are those of Judge0 CE 1.13.1, the others those of its hosted service since. Several numbers, once
/// for several versions, mean the one version that this host has; its name says which that is.
struct Judge0Language: Sendable, Hashable {
    /// Judge0's number.
    let id: Int
    /// How a submission of it is run.
    let kind: Kind
    /// The name of the service's language that runs it.
    let language: String
    /// The name for people, without version.
    let title: String
    /// The implementation, where its name is not the language's: `GCC`.
    let implementation: String?

    /// How a submission is run.
    enum Kind: Sendable, Hashable {
        /// As a program in a language.
        case program
        /// Its source is printed.
        case plainText
        /// Its source is executed.
        case executable
        /// Its archive holds scripts that compile and run it.
        case project
    }

    /// All that are known, by number.
    static let all: [Self] = {
        let programs: [(ids: [Int], language: String, title: String, implementation: String?)] = [
            ([46], "bash", "Bash", nil),
            ([48, 49, 50, 103], "c", "C", "GCC"),
            ([52, 53, 54, 105], "cpp", "C++", "GCC"),
            ([59], "fortran", "Fortran", "GFortran"),
            ([60, 95, 106, 107], "go", "Go", nil),
            ([61], "haskell", "Haskell", "GHC"),
            ([62, 91], "java", "Java", "OpenJDK"),
            ([63, 93, 97, 102], "javascript", "JavaScript", "Node.js"),
            ([64], "lua", "Lua", nil),
            ([65], "ocaml", "OCaml", nil),
            ([67], "pascal", "Pascal", "FPC"),
            ([68, 98], "php", "PHP", nil),
            ([71, 92, 100, 109, 113], "python", "Python", nil),
            ([72], "ruby", "Ruby", nil),
            ([73, 108], "rust", "Rust", nil),
            ([74, 94, 101], "typescript", "TypeScript", nil),
            ([78, 111], "kotlin", "Kotlin", nil),
            ([80, 99], "r", "R", nil),
            ([81, 112], "scala", "Scala", nil),
            ([82], "sql", "SQL", "SQLite"),
            ([83], "swift", "Swift", nil),
            ([85], "perl", "Perl", nil),
        ]
        let special = [
            Self(id: 43, kind: .plainText, language: "bash", title: "Plain Text", implementation: nil),
            Self(id: 44, kind: .executable, language: "bash", title: "Executable", implementation: nil),
            Self(
                id: 89,
                kind: .project,
                language: "project",
                title: "Multi-file program",
                implementation: nil,
            ),
        ]
        let numbered = programs.flatMap { program in
            program.ids.map { id in
                Self(
                    id: id,
                    kind: .program,
                    language: program.language,
                    title: program.title,
                    implementation: program.implementation,
                )
            }
        }
        return (special + numbered).sorted { $0.id < $1.id }
    }()

    /// The language with this number, or `nil`.
    static func with(id: Int) -> Self? { all.first { $0.id == id } }

    /// The name for people, with the version that this host has.
    func name(version: String?) -> String {
        guard kind == .program else { return title }
        let detail = [implementation, version].compactMap(\.self).joined(separator: " ")
        return detail.isEmpty ? title : "\(title) (\(detail))"
    }
}

/// Judge0's languages, with what this host has of them.
struct LanguageList: Sendable {
    /// A language with its name and whether programs in it run here.
    struct Entry: Sendable {
        var language: Judge0Language
        var name: String
        var isPresent: Bool
    }

    let entries: [Entry]

    init(_ service: ExecutionService) async {
        let installed = Dictionary(
            await service.installedLanguages().map { ($0.name, $0) },
            uniquingKeysWith: { first, _ in first },
        )
        entries = Judge0Language.all.map { language in
            let found = installed[language.language]
            return Entry(
                language: language,
                name: language.name(version: found?.version),
                isPresent: found?.present ?? false,
            )
        }
    }

    /// The entry with this number, or `nil`.
    subscript(id: Int) -> Entry? { entries.first { $0.language.id == id } }
}
