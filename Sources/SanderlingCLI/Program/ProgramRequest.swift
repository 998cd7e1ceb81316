import Languages
import SandboxModel

/// A program as the options describe it, with its language.
struct ProgramRequest {
    let program: Program
    let definition: LanguageDefinition

    /// Reads the source and finds its language.
    init(_ options: ProgramOptions, in catalog: LanguageCatalog) throws {
        let place = try options.source
        try self.init(place, holding: try place.bytes(), named: options.language, in: catalog)
    }

    /// Finds the language of a `source` that came from `place`, where `language` does not name it.
    init(
        _ place: ProgramSource,
        holding source: [UInt8],
        named language: String? = nil,
        in catalog: LanguageCatalog,
    ) throws {
        definition = try place.language(named: language, source: source, in: catalog)
        program = Program(
            language: definition.name,
            source: source,
            sourceName: place.name(in: definition),
        )
    }

    /// Refuses module lists that nothing would enforce.
    func check(_ modules: ModulePolicy, in catalog: LanguageCatalog) throws {
        guard modules.isRestricting, definition.moduleGuard == nil else { return }
        let guarded = catalog.survey().definitions.filter { $0.moduleGuard != nil }.map(\.displayName)
        throw Mistake(
            "\(definition.displayName) has no module guard, so --deny-module and --allow-module would not "
                + "be enforced; they work for \(guarded.joined(separator: ", "))"
        )
    }
}
