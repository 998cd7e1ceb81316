import Languages
import Reporting

/// A language that is present, as Piston calls it.
struct PistonRuntime: Sendable, Hashable {
    /// Piston's name for it.
    let language: String
    /// Our name for it.
    let name: String
    let version: Version
    let aliases: [String]
    private let extensions: [String]

    /// Piston's names where they are not ours.
    private static let names = ["cpp": "c++", "r": "rscript", "sh": "dash", "sql": "sqlite3"]
    /// Piston's further names for a language.
    private static let furtherAliases = [
        "bash": ["sh"], "javascript": ["node-javascript", "node-js"], "typescript": ["node-ts"],
        "python": ["py", "py3", "python3"], "pascal": ["pp"], "scala": ["sc"],
    ]
    /// The package that Piston has several languages from.
    private static let packages = ["c": "gcc", "cpp": "gcc", "fortran": "gcc", "javascript": "node"]

    init(_ installed: InstalledLanguage) {
        name = installed.name
        language = Self.names[name] ?? name
        version = Version(installed.version ?? "")
        var aliases = Self.furtherAliases[name] ?? []
        // To Piston, sh is Bash.
        for alias in [name] + installed.aliases where alias != language && alias != "sh" {
            if !aliases.contains(alias) { aliases.append(alias) }
        }
        self.aliases = aliases
        extensions = installed.extensions
    }

    /// An entry of `/runtimes`.
    var json: JSONValue {
        var members: [(key: String, value: JSONValue)] = [
            ("language", .string(language)), ("version", .string(version.description)),
            ("aliases", .array(aliases.map(JSONValue.string))),
        ]
        if let package = Self.packages[name] { members.append(("runtime", .string(package))) }
        return .object(members)
    }

    /// The name of the main file, where it says what the language needs of it; else the language's own.
    ///
    /// Piston's Java does not mind which class is in which file; ours finds the name in the source.
    func sourceName(_ name: String?) -> String? {
        guard let name, self.name != "java", extensions.contains(where: { name.hasSuffix("." + $0) }) else {
            return nil
        }
        return name
    }

    /// The name of the file at `place`, besides the main one.
    ///
    /// Piston gives compilers all texts, each with the language's extension after its name. Here a name that has an extension
    /// keeps it, so that headers are found, and those of the language are compiled; others get it.
    ///
    /// - Parameters:
    ///   - name: The name it came with.
    ///   - place: Its place among the files.
    ///   - isSource: Whether it is a text, in a language that compiles several.
    /// - Returns: Its path in the work directory.
    func fileName(_ name: String?, at place: Int, isSource: Bool) -> String {
        guard isSource, let suffix = extensions.first else { return name ?? "file\(place).code" }
        guard let name else { return "file\(place).\(suffix)" }
        let last = name.split(separator: "/").last ?? ""
        return last.contains(".") ? name : "\(name).\(suffix)"
    }

    /// Whether a request for `language` means it.
    func isCalled(_ name: String) -> Bool { language == name || aliases.contains(name) }
}
