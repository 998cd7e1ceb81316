package import SandboxModel

/// A mapping of a YAML file whose keys are taken one by one; every complaint names the file, the place and the key.
package struct StrictMapping {
    /// The file's path.
    package let file: String
    /// The key that leads here, with a dot at its end: `run.`, empty at the top.
    private let prefix: String
    private let node: DocumentNode
    private let mapping: [DocumentNode.Entry]

    /// A mapping with no key outside `keys`.
    package init(_ node: DocumentNode, file: String, path: String = "", keys: [String]) throws(SandboxError) {
        guard let mapping = node.mapping else {
            let subject = path.isEmpty ? "the file" : "'\(path)'"
            throw Self.error(file: file, at: node, "\(subject) must be a mapping")
        }
        self.file = file
        self.prefix = path.isEmpty ? "" : path + "."
        self.node = node
        self.mapping = mapping
        for key in mapping.map(\.key) {
            guard let name = key.text else {
                throw Self.error(file: file, at: key, "a key must be a string")
            }
            guard keys.contains(name) else {
                let hint = Suggestion.nearest(to: name, among: keys).map { ", did you mean '\($0)'?" } ?? ""
                throw Self.error(file: file, at: key, "unknown key '\(prefix)\(name)'\(hint)")
            }
        }
    }

    /// An error about `node`, at its place.
    package static func error(file: String, at node: DocumentNode, _ message: String) -> SandboxError {
        SandboxError(.invalidDefinition, "\(file):\(node.line):\(node.column): \(message)")
    }

    /// An error about the value of `key`, at its place.
    package func error(_ key: String, _ message: String) -> SandboxError {
        Self.error(file: file, at: self[key] ?? node, "'\(prefix)\(key)' \(message)")
    }

    /// The value of `key`, or `nil` when there is none.
    package subscript(key: String) -> DocumentNode? { mapping.first { $0.key.text == key }?.value }

    /// A string that may be missing, but not empty.
    package func string(_ key: String) throws(SandboxError) -> String? {
        guard let node = self[key] else { return nil }
        guard let text = node.text else { throw error(key, "must be a string") }
        guard !text.isEmpty else { throw error(key, "is empty") }
        return text
    }

    /// A string that must be there.
    package func required(_ key: String) throws(SandboxError) -> String {
        guard let text = try string(key) else { throw missing(key) }
        return text
    }

    /// Strings; none when the key is missing.
    package func strings(_ key: String) throws(SandboxError) -> [String] {
        guard let node = self[key] else { return [] }
        return try strings(key, node)
    }

    /// The strings in `node`, which is the value of `key` or a part of it.
    package func strings(_ key: String, _ node: DocumentNode) throws(SandboxError) -> [String] {
        guard let list = node.list else { throw error(key, "must be a list of strings") }
        var strings: [String] = []
        for element in list {
            guard let text = element.text else {
                throw Self.error(file: file, at: element, "'\(prefix)\(key)' must hold strings alone")
            }
            strings.append(text)
        }
        return strings
    }

    /// A yes or no; `false` when the key is missing.
    package func boolean(_ key: String) throws(SandboxError) -> Bool {
        guard let node = self[key] else { return false }
        guard let value = node.bool else { throw error(key, "must be true or false") }
        return value
    }

    /// A word out of a fixed set, or `nil` when the key is missing.
    package func word<Word: RawRepresentable & CaseIterable>(
        _ key: String,
        as type: Word.Type,
    ) throws(SandboxError) -> Word? where Word.RawValue == String {
        guard let text = try string(key) else { return nil }
        guard let word = Word(rawValue: text) else {
            let words = Word.allCases.map(\.rawValue).joined(separator: ", ")
            throw error(key, "is '\(text)', but must be one of \(words)")
        }
        return word
    }

    /// The mapping under `key`, or `nil` when the key is missing.
    package func mapping(_ key: String, keys: [String]) throws(SandboxError) -> StrictMapping? {
        guard let node = self[key] else { return nil }
        return try StrictMapping(node, file: file, path: prefix + key, keys: keys)
    }

    /// Names with their values, in the file's order, for keys that the definition's author chooses.
    package func entries(_ key: String) throws(SandboxError) -> [(name: String, value: DocumentNode)] {
        guard let node = self[key] else { return [] }
        guard let mapping = node.mapping else { throw error(key, "must be a mapping") }
        var entries: [(name: String, value: DocumentNode)] = []
        for entry in mapping {
            guard let text = entry.key.text, !text.isEmpty else {
                throw Self.error(file: file, at: entry.key, "'\(prefix)\(key)' has a key that is no string")
            }
            entries.append((text, entry.value))
        }
        return entries
    }

    /// As ``entries(_:)``, where every value is a string.
    package func texts(_ key: String) throws(SandboxError) -> [(name: String, value: String)] {
        var texts: [(name: String, value: String)] = []
        for (name, value) in try entries(key) {
            guard let text = value.text else {
                throw Self.error(file: file, at: value, "'\(prefix)\(key).\(name)' must be a string")
            }
            texts.append((name, text))
        }
        return texts
    }

    /// A string with placeholders.
    func template(_ key: String, _ text: String) throws(SandboxError) -> Template {
        do {
            return try Template(text)
        } catch {
            throw self.error(key, "has \(error.message)")
        }
    }

    /// The complaint that `key` is not there.
    package func missing(_ key: String) -> SandboxError {
        Self.error(file: file, at: node, "'\(prefix)\(key)' is missing")
    }
}
