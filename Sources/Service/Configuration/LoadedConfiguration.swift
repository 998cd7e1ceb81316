import Configuration
import Languages
import SandboxModel

/// A configuration that was read and found to be in order, and where each of its values came from.
package struct LoadedConfiguration: Sendable {
    /// The values.
    package let configuration: ServiceConfiguration
    /// What was written for each setting that was set, and where; by key.
    package let written: [String: Written]

    /// What was written for a setting.
    package struct Written: Sendable, Hashable {
        /// The text; of a list, its members with commas.
        package var text: String
        /// Where it was written.
        package var origin: String
    }

    /// Reads every setting.
    ///
    /// - Throws: ``ConfigurationMistakes`` with all that is wrong.
    package init(_ sources: ConfigurationSources) throws(ConfigurationMistakes) {
        var configuration = ServiceConfiguration()
        var written: [String: Written] = [:]
        var mistakes: [String] = []
        for (key, place) in sources.unknownKeys {
            let near = Suggestion.nearest(to: key, among: Setting.all.map(\.key))
            let mend = near.map { "did you mean '\($0)'?" } ?? "'sanderling config show' lists the settings"
            mistakes.append("\(place): unknown setting \(key.quoted); \(mend)")
        }
        for setting in Setting.all {
            for source in sources.sources {
                guard let words = Self.words(of: setting, in: source.reader) else { continue }
                written[setting.key] = Written(text: words.joined(separator: ","), origin: source.name)
                do {
                    try setting.read(words, &configuration)
                } catch {
                    mistakes.append("\(source.name): \(setting.key): \(Self.message(error, setting))")
                }
                break
            }
        }
        mistakes += Self.contradictions(configuration)
        guard mistakes.isEmpty else { throw ConfigurationMistakes(mistakes) }
        self.configuration = configuration
        self.written = written
    }

    /// What `config show` prints: every setting with its value and origin, secrets hidden.
    package var lines: [(setting: Setting, value: String, origin: String)] {
        Setting.all.map { setting in
            guard let written = written[setting.key] else {
                return (setting, setting.defaultText ?? "", "default")
            }
            return (setting, setting.isSecret ? "(hidden)" : written.text, written.origin)
        }
    }

    private static func words(of setting: Setting, in reader: ConfigReader) -> [String]? {
        let key = ConfigKey(setting.key.components)
        guard setting.isList else {
            return reader.string(forKey: key, isSecret: setting.isSecret).map { [$0] }
        }
        if let words = reader.stringArray(forKey: key) { return words }
        // A single word is a list of one; of a flag, words with commas.
        return reader.string(forKey: key).map { $0.split(separator: ",").map(String.init) }
    }

    private static func message(_ error: any Error, _ setting: Setting) -> String {
        // What is secret does not appear in the message about it either.
        setting.isSecret && !(error is SettingMistake) ? "cannot be used" : "\(error)"
    }

    /// What is right for itself and wrong together.
    private static func contradictions(_ configuration: ServiceConfiguration) -> [String] {
        var mistakes: [String] = []
        if let tls = configuration.tls, tls.certificate.isEmpty || tls.privateKey.isEmpty {
            let (given, absent) =
                tls.certificate.isEmpty ? ("private_key", "certificate") : ("certificate", "private_key")
            mistakes.append("tls.\(given) is set and tls.\(absent) is not; HTTPS needs both")
        }
        if configuration.queue.memory < configuration.http.bodySize {
            mistakes.append(
                "queue.memory \(configuration.queue.memory.written) is less than http.body "
                    + "\(configuration.http.bodySize.written), so that a request could never wait; raise the one or lower the other"
            )
        }
        for listed in configuration.judge0.callbacks where CallbackHost(listed) == nil {
            mistakes.append(
                "judge0.callbacks: \(listed.quoted) is not a host with its port; write it like 127.0.0.1:9000"
            )
        }
        for origin in configuration.http.origins
        where !(origin.hasPrefix("https://") || origin.hasPrefix("http://")) || origin.hasSuffix("/") {
            mistakes.append(
                "http.origins: \(origin.quoted) is not an origin; write it like https://example.org, without a slash at its end"
            )
        }
        return mistakes
    }
}
