import Languages
import SandboxModel

/// The languages that a sandbox was asked for of late, found on this host, with their versions.
///
/// To find one is to follow dozens of links, and to read its definition.
final class LanguageMemory: Sendable {
    private let catalog: LanguageCatalog
    private let found = BriefMemory<(language: ResolvedLanguage, version: String?)>()

    /// A memory of what `catalog` has.
    init(of catalog: LanguageCatalog) { self.catalog = catalog }

    /// The language called `name`, and its implementation's version.
    ///
    /// The version is a task where it has yet to be found; asking for it may start a tool of the host.
    func language(named name: String) throws(SandboxError) -> (ResolvedLanguage, version: Version) {
        if let known = found[name] { return (known.language, .known(known.version)) }
        let begun = ContinuousClock.now
        let language = try catalog.resolve(name)
        let asking = Task { [found] in
            let version = await VersionStore.version(of: language)
            found.keep((language, version), as: name, since: begun)
            return version
        }
        return (language, .asked(asking))
    }

    /// A version, now or soon.
    enum Version: Sendable {
        case known(String?)
        case asked(Task<String?, Never>)

        /// The version, or `nil` when the implementation tells none.
        var value: String? {
            get async {
                switch self {
                case .known(let version): version
                case .asked(let task): await task.value
                }
            }
        }
    }
}
