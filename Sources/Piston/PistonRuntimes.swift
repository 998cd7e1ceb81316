import Languages
import Service

/// What is present here; looked for again when it was half a minute ago.
actor PistonRuntimes {
    private let service: ExecutionService
    private var found: (languages: [InstalledLanguage], at: ContinuousClock.Instant)?

    init(_ service: ExecutionService) { self.service = service }

    /// All languages that are known, present or not.
    func languages() async -> [InstalledLanguage] {
        if let found, found.at.duration(to: .now) < .seconds(30) { return found.languages }
        let languages = await service.installedLanguages()
        found = (languages, .now)
        return languages
    }

    /// Those that are present.
    func all() async -> [PistonRuntime] {
        await languages().filter(\.present).map(PistonRuntime.init)
    }

    /// The latest that a request means.
    func runtime(_ language: String, _ version: String) async -> PistonRuntime? {
        guard let range = VersionRange(version) else { return nil }
        return await all().filter { $0.isCalled(language) && range.contains($0.version) }
            .max { $0.version < $1.version }
    }

    /// The one that we call so.
    func runtime(named name: String) async -> PistonRuntime? {
        await all().first { $0.name == name }
    }
}
