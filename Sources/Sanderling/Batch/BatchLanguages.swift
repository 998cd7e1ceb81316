public import Languages

/// What a batch file may name as a language.
public struct BatchLanguages: Sendable, Hashable {
    /// The names of all known languages.
    public var names: Set<String>
    /// Those that have a module guard; module lists bind only them.
    public var guarded: Set<String>
    /// The language that a file's extension, without its dot, stands for.
    public var extensions: [String: String]
    /// Their definitions, by each of their names; they tell where a source's file goes.
    public var definitions: [String: LanguageDefinition]

    /// Languages by name.
    public init(
        names: Set<String>,
        guarded: Set<String>,
        extensions: [String: String] = [:],
        definitions: [String: LanguageDefinition] = [:],
    ) {
        self.names = names
        self.guarded = guarded
        self.extensions = extensions
        self.definitions = definitions
    }
}
