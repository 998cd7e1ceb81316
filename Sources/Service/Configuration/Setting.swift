import Glibc
import SandboxModel

/// One key of the configuration: what it is called, what it means, and how its text becomes a value.
package struct Setting: Sendable {
    /// Its name in files, with dots between sections: `queue.length`.
    package let key: String
    /// What it decides, with its unit; one sentence.
    package let summary: String
    /// Its default as it would be written, or `nil` when it has none.
    package let defaultText: String?
    /// Whether it is a list: of YAML, or with commas in the environment.
    package let isList: Bool
    /// Whether its value is never shown.
    package let isSecret: Bool
    /// Takes what was written; throws ``QuantityError`` or ``SettingMistake`` that names the mistake and its mend.
    let read: @Sendable ([String], inout ServiceConfiguration) throws -> Void

    /// Its name as an environment variable: `SANDERLING_QUEUE_LENGTH`.
    package var variable: String {
        "SANDERLING_" + key.replacing(".", with: "_").uppercased()
    }
}

/// What is wrong with the text of one setting.
struct SettingMistake: Error, CustomStringConvertible {
    let description: String
}

extension Setting {
    typealias Place<Value> = WritableKeyPath<ServiceConfiguration, Value> & Sendable

    private static let defaults = ServiceConfiguration()

    private init(
        _ key: String,
        _ summary: String,
        default text: String?,
        isSecret: Bool = false,
        read: @escaping @Sendable (String, inout ServiceConfiguration) throws -> Void,
    ) {
        self.key = key
        self.summary = summary
        defaultText = text
        isList = false
        self.isSecret = isSecret
        self.read = { try read($0.joined(separator: ","), &$1) }
    }

    static func text(
        _ key: String,
        _ place: any Place<String>,
        _ summary: String,
        mayBeEmpty: Bool = false,
    ) -> Self {
        Self(key, summary, default: defaults[keyPath: place]) { text, configuration in
            guard mayBeEmpty || !text.isEmpty else {
                throw SettingMistake(description: "is empty; leave it out for its default")
            }
            configuration[keyPath: place] = text
        }
    }

    /// The name of a group of this host.
    static func group(_ key: String, _ place: any Place<String>, _ summary: String) -> Self {
        Self(key, summary, default: defaults[keyPath: place]) { text, configuration in
            guard text.isEmpty || getgrnam(text) != nil else {
                throw SettingMistake(
                    description: "there is no group \(text.quoted) on this host; make it, or name another"
                )
            }
            configuration[keyPath: place] = text
        }
    }

    static func secret(_ key: String, _ place: any Place<String?>, _ summary: String) -> Self {
        Self(key, summary, default: nil, isSecret: true) { text, configuration in
            guard text.utf8.count >= 16 else {
                throw SettingMistake(
                    description: "is shorter than 16 characters, which can be guessed; make it longer"
                )
            }
            configuration[keyPath: place] = text
        }
    }

    static func count(
        _ key: String,
        _ place: any Place<Int>,
        _ range: ClosedRange<Int>,
        _ summary: String,
    ) -> Self {
        Self(key, summary, default: defaults[keyPath: place].written) { text, configuration in
            if range.contains(0), text == "0" { return configuration[keyPath: place] = 0 }
            configuration[keyPath: place] = try Int(quantity: text, within: range)
        }
    }

    static func flag(_ key: String, _ place: any Place<Bool>, _ summary: String) -> Self {
        Self(key, summary, default: String(defaults[keyPath: place])) { text, configuration in
            guard let value = Bool(text) else {
                throw SettingMistake(description: "\(text.quoted) is not known; write one of true, false")
            }
            configuration[keyPath: place] = value
        }
    }

    static func time(
        _ key: String,
        _ place: any Place<Duration>,
        _ range: ClosedRange<Duration>,
        _ summary: String,
    ) -> Self {
        Self(key, summary, default: defaults[keyPath: place].written) { text, configuration in
            configuration[keyPath: place] = try Duration(quantity: text, within: range)
        }
    }

    static func size(
        _ key: String,
        _ place: any Place<ByteCount>,
        _ range: ClosedRange<ByteCount>,
        _ summary: String,
    ) -> Self {
        Self(key, summary, default: defaults[keyPath: place].written) { text, configuration in
            configuration[keyPath: place] = try ByteCount(quantity: text, within: range)
        }
    }

    static func choice<Value: RawRepresentable<String> & CaseIterable & SendableMetatype>(
        _ key: String,
        _ place: any Place<Value>,
        _ summary: String,
    ) -> Self {
        Self(key, summary, default: defaults[keyPath: place].rawValue) { text, configuration in
            guard let value = Value(rawValue: text) else { throw unknown(text, of: Value.self) }
            configuration[keyPath: place] = value
        }
    }

    static func list(_ key: String, _ place: any Place<[String]>, _ summary: String) -> Self {
        Self(list: key, summary) { words, configuration in configuration[keyPath: place] = words }
    }

    static func choices<Value: RawRepresentable<String> & CaseIterable & SendableMetatype>(
        _ key: String,
        _ place: any Place<[Value]>,
        _ summary: String,
    ) -> Self {
        Self(list: key, summary) { words, configuration in
            configuration[keyPath: place] = try words.map { word in
                guard let value = Value(rawValue: word) else { throw unknown(word, of: Value.self) }
                return value
            }
        }
    }

    /// A setting that is put together with another one once all have been read.
    static func part(
        _ key: String,
        _ summary: String,
        _ read: @escaping @Sendable (String, inout ServiceConfiguration) throws -> Void,
    ) -> Self {
        Self(key, summary, default: nil, read: read)
    }

    private init(
        list key: String,
        _ summary: String,
        _ read: @escaping @Sendable ([String], inout ServiceConfiguration) throws -> Void,
    ) {
        self.key = key
        self.summary = summary
        defaultText = ""
        isList = true
        isSecret = false
        self.read = read
    }

    private static func unknown<Value: RawRepresentable<String> & CaseIterable & SendableMetatype>(
        _ text: String,
        of type: Value.Type,
    ) -> SettingMistake {
        let known = Value.allCases.map(\.rawValue).joined(separator: ", ")
        return SettingMistake(description: "\(text.quoted) is not known; write one of \(known)")
    }
}
