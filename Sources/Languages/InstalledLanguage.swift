import SandboxModel

/// A known language, and what this host has of it.
package struct InstalledLanguage: Sendable, Hashable, Encodable {
    /// Its name in requests.
    package let name: String
    /// Its name for people.
    package let displayName: String
    /// What kind of process runs its programs.
    package let family: LanguageDefinition.Family
    /// The implementation's version, or `nil` when it is absent or tells none.
    package let version: String?
    /// Whether the implementation was found.
    package let present: Bool
    /// Extensions of its files.
    package let extensions: [String]
    /// Its other names.
    package let aliases: [String]
    /// What to do to have it; `nil` when it is present.
    package let install: String?

    private enum CodingKeys: String, CodingKey {
        case name
        case displayName = "display_name"
        case family, version, present, extensions, aliases, install
    }

    /// Keys without a value are `null`, never absent.
    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(name, forKey: .name)
        try container.encode(displayName, forKey: .displayName)
        try container.encode(family.rawValue, forKey: .family)
        try container.encode(version, forKey: .version)
        try container.encode(present, forKey: .present)
        try container.encode(extensions, forKey: .extensions)
        try container.encode(aliases, forKey: .aliases)
        try container.encode(install, forKey: .install)
    }

    /// The languages so defined, in this order; their tools are asked for their versions side by side.
    package static func all(_ definitions: [LanguageDefinition]) async -> [Self] {
        await withTaskGroup(of: (Int, Self).self) { group in
            for (position, definition) in definitions.enumerated() {
                group.addTask { (position, await Self(definition)) }
            }
            var found: [Int: Self] = [:]
            for await (position, language) in group { found[position] = language }
            return definitions.indices.compactMap { found[$0] }
        }
    }

    /// A language with the given parts.
    package init(
        name: String,
        displayName: String,
        family: LanguageDefinition.Family = .native,
        version: String?,
        present: Bool,
        extensions: [String] = [],
        aliases: [String] = [],
        install: String? = nil,
    ) {
        self.name = name
        self.displayName = displayName
        self.family = family
        self.version = version
        self.present = present
        self.extensions = extensions
        self.aliases = aliases
        self.install = install
    }

    private init(_ definition: LanguageDefinition) async {
        var version: String?
        var absence: SandboxError?
        do throws(SandboxError) {
            version = try await ResolvedLanguage(definition).version()
        } catch {
            absence = error
        }
        self.init(
            name: definition.name,
            displayName: definition.displayName,
            family: definition.family,
            version: version,
            present: absence == nil,
            extensions: definition.extensions,
            aliases: definition.aliases,
            install: absence.map { $0.mend ?? $0.message },
        )
    }
}
