public import SandboxModel

/// The languages that Sanderling knows, from the definition files of some directories.
///
/// A file is read when it is asked for, and only then: finding a language by its name reads one file, finding it by an
/// alias, an extension or a first line parses those files that mention it.
public struct LanguageCatalog: Sendable, Hashable {
    /// Where definitions are looked for; a language found in an earlier directory replaces its namesake in a later one.
    public let directories: [String]
    /// Takes the files apart.
    private let parser: any DocumentParser

    /// A catalog of the definitions in `directories`, whose files `parser` takes apart.
    package init(directories: [String], by parser: any DocumentParser) {
        self.directories = directories
        self.parser = parser
    }

    /// Whether both are of the same directories, in the same order.
    public static func == (left: Self, right: Self) -> Bool { left.directories == right.directories }

    /// Hashes the directories.
    public func hash(into hasher: inout Hasher) { hasher.combine(directories) }

    /// The definition of the language called `name`, by its name or an alias, in any case.
    ///
    /// - Throws: ``/SandboxModel/SandboxError`` with `unknownLanguage`, or `invalidDefinition` when its file is wrong.
    public func definition(named name: String) throws(SandboxError) -> LanguageDefinition {
        guard Self.isPlain(name) else { throw try unknown(name) }
        let wanted = name.lowercased()
        if DefinitionFile.isName(wanted) {
            for directory in directories {
                let file = DefinitionFile(directory: directory, name: wanted, parser: parser)
                if let definition = try file.definition() { return definition }
            }
        }
        for file in files(mentioning: wanted) {
            guard let definition = try file.definition() else { continue }
            if definition.aliases.contains(where: { $0.lowercased() == wanted }) { return definition }
        }
        throw try unknown(name)
    }

    /// Every language, sorted by name; ``survey()`` also answers when a file is wrong.
    ///
    /// - Throws: ``/SandboxModel/SandboxError`` with `invalidDefinition` when any file is wrong.
    public func all() throws(SandboxError) -> [LanguageDefinition] {
        var definitions: [LanguageDefinition] = []
        for file in files {
            if let definition = try file.definition() { definitions.append(definition) }
        }
        return definitions
    }

    /// The language of a file, by its extension and its first line, or `nil` when neither tells.
    ///
    /// A first line `#!…` that names a known interpreter decides, as it would for the kernel, unless the extension is
    /// that of a compiled language.
    ///
    /// - Parameters:
    ///   - fileName: The file's name or path.
    ///   - firstLine: Its first line, or `nil` when it is not known.
    /// - Returns: The language's definition, or `nil`.
    /// - Throws: ``/SandboxModel/SandboxError`` with `invalidDefinition` when a file that mentions the extension is wrong.
    public func detect(fileName: String, firstLine: String? = nil) throws(SandboxError) -> LanguageDefinition?
    {
        let byExtension = try definition(ofExtension: HostFile.name(of: fileName))
        if let byExtension, byExtension.compile != nil { return byExtension }
        if let interpreter = firstLine.flatMap(Shebang.init)?.interpreter {
            if let definition = try definition(ofInterpreter: interpreter) { return definition }
        }
        return byExtension
    }

    /// The language of a file by its name and its first line, or `nil` when neither says one.
    ///
    /// - Throws: ``/SandboxModel/SandboxError`` with `invalidDefinition` when a file that mentions the extension is wrong.
    package func language(ofFile path: String, source: [UInt8]) throws(SandboxError) -> LanguageDefinition? {
        let firstLine = String(decoding: source.prefix(4_096).prefix { $0 != 0x0A }, as: UTF8.self)
        return try detect(fileName: path, firstLine: firstLine)
    }

    /// The language called `name`, found on this host.
    ///
    /// - Throws: ``/SandboxModel/SandboxError`` with `unknownLanguage`, `invalidDefinition` or `languageNotInstalled`.
    public func resolve(_ name: String) throws(SandboxError) -> ResolvedLanguage {
        try ResolvedLanguage(try definition(named: name))
    }

    /// Whether a language can be called so: 1 to 64 bytes, without control characters and slashes.
    ///
    /// What cannot is not sought among files, whose names have limits of their own.
    private static func isPlain(_ name: String) -> Bool {
        (1...64).contains(name.utf8.count)
            && name.unicodeScalars.allSatisfy { $0 != "/" && $0.properties.generalCategory != .control }
    }

    // MARK: Files

    /// The files that count: for each name the one in the earliest directory, sorted by name.
    var files: [DefinitionFile] {
        var seen: [String: DefinitionFile] = [:]
        for directory in directories {
            for entry in HostFile.names(in: directory) where entry.hasSuffix(".yaml") {
                let name = String(entry.dropLast(".yaml".count))
                if seen[name] == nil {
                    seen[name] = DefinitionFile(directory: directory, name: name, parser: parser)
                }
            }
        }
        return seen.values.sorted { $0.name < $1.name }
    }

    /// The files that hold `word`, the users' own first: parsing them all would cost more than starting most programs.
    private func files(mentioning word: String) -> [DefinitionFile] {
        let mentioning = files.filter { $0.mentions(word) }
        return directories.flatMap { directory in mentioning.filter { $0.directory == directory } }
    }

    private func definition(ofExtension fileName: String) throws(SandboxError) -> LanguageDefinition? {
        guard let dot = fileName.lastIndex(of: "."), dot > fileName.startIndex else { return nil }
        let suffix = String(fileName[fileName.index(after: dot)...])
        guard !suffix.isEmpty else { return nil }
        for file in files(mentioning: suffix) {
            guard let definition = try file.definition() else { continue }
            if definition.extensions.contains(suffix) { return definition }
        }
        return nil
    }

    /// The language that `python3.11` runs, by that name, or without the version at its end.
    private func definition(ofInterpreter interpreter: String) throws(SandboxError) -> LanguageDefinition? {
        var names = [interpreter]
        while let last = names.last?.last, last.isNumber || last == ".", let name = names.last, name.count > 1
        {
            names.append(String(name.dropLast()))
        }
        for name in names {
            for file in files(mentioning: name) {
                guard let definition = try file.definition() else { continue }
                if definition.shebangs.contains(name) { return definition }
            }
        }
        return nil
    }

    private func unknown(_ name: String) throws(SandboxError) -> SandboxError {
        let definitions = try all()
        let names = definitions.map(\.name)
        // One that came only now is no mistake in writing.
        let others = (names + definitions.flatMap(\.aliases)).filter { $0 != name }
        let hint = Suggestion.nearest(to: name, among: others)
        return SandboxError(
            .unknownLanguage,
            "unknown language \(name.quoted)",
            mend: hint.map { "did you mean '\($0)'?" }
                ?? (names.isEmpty
                    ? "there is no definition in \(directories.joined(separator: ", ")): put Sanderling's resources beside this executable"
                    : "known are \(names.joined(separator: ", "))"),
        )
    }
}
