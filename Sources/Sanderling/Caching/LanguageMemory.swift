import Languages
import LinuxKernel
import SandboxModel
import Synchronization

/// The languages that a sandbox was asked for of late, found on this host, with their versions.
///
/// To find one is to follow dozens of links, and to read its definition. What was found is good for a second: so soon an
/// implementation that was installed or replaced, or a definition that was edited, is taken up.
final class LanguageMemory: Sendable {
    private struct Entry {
        let language: ResolvedLanguage
        let version: String?
        /// Until when it is good, in nanoseconds of the monotonic clock.
        let expiry: UInt64
    }

    private static let lifetime: UInt64 = 1_000_000_000

    private let catalog: LanguageCatalog
    private let entries = Mutex<[String: Entry]>([:])

    /// A memory of what `catalog` has.
    init(of catalog: LanguageCatalog) { self.catalog = catalog }

    /// The language called `name`, and its implementation's version.
    ///
    /// The version is a task where it has yet to be found; asking for it may start a tool of the host.
    func language(named name: String) throws(SandboxError) -> (ResolvedLanguage, version: Version) {
        let now = MonotonicClock.now
        if let entry = entries.withLock({ $0[name] }), now < entry.expiry {
            return (entry.language, .known(entry.version))
        }
        let language = try catalog.resolve(name)
        let asking = Task {
            let version = await VersionStore.version(of: language)
            // An answer that took long says nothing of what is there by now.
            let entry = Entry(language: language, version: version, expiry: now + Self.lifetime)
            entries.withLock { $0[name] = entry }
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
