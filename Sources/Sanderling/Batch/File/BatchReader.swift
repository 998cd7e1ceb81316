import Foundation
import SandboxModel
import Yams

/// Reads the node tree of a batch file, and collects every mistake it meets.
///
/// A value that cannot be read is as if it were absent: reading goes on, so that one run lists everything.
struct BatchReader {
    let document: BatchDocument
    /// The directory that relative paths start from.
    let directory: String
    let languages: BatchLanguages
    private(set) var mistakes: [BatchFileError.Mistake] = []
    /// What mappings with an anchor hold, by their place: chains of merge keys meet the same mapping again and again.
    private var anchored: [BatchPosition: Fields] = [:]
    /// The batch file itself.
    let path: String

    init(document: BatchDocument, path: String, languages: BatchLanguages) {
        self.document = document
        self.path = path
        directory = URL(filePath: path).deletingLastPathComponent().path(percentEncoded: false)
        self.languages = languages
    }

    /// The entries of a mapping, in the order of the file.
    struct Fields {
        struct Entry {
            let key: String
            let position: BatchPosition
            let value: Node
        }

        let position: BatchPosition
        private(set) var entries: [Entry] = []
        private var places: [String: Int] = [:]

        init(position: BatchPosition) { self.position = position }

        /// The entry with a key, if there is one.
        subscript(key: String) -> Entry? { places[key].map { entries[$0] } }

        /// Adds an entry whose key the mapping does not have yet.
        mutating func append(_ entry: Entry) {
            places[entry.key] = entries.count
            entries.append(entry)
        }
    }

    mutating func mistake(_ position: BatchPosition, _ message: String) {
        mistakes.append(.init(position: document.original(position), message: message))
    }

    /// Notes that a value is not what its key calls for.
    mutating func wrongType(_ entry: Fields.Entry, _ wanted: String) {
        let message =
            entry.value.isNull
            ? "\(entry.key.quoted) is empty; it must be \(wanted)"
            : "\(entry.key.quoted) must be \(wanted), not \(entry.value.kind)"
        mistake(entry.value.position, message)
    }

    /// Notes that a value is none of the words, truth values among them, that its key calls for.
    mutating func wrongTruth(_ entry: Fields.Entry, _ wanted: String) {
        guard entry.value.isQuotedTruth else { return wrongType(entry, wanted) }
        mistake(
            entry.value.position,
            "\(entry.key.quoted) must be \(wanted), not the text \(entry.value.kind); take the quotes away",
        )
    }

    // MARK: - Mappings

    /// Reads a mapping of a known section, whose other keys are mistakes.
    mutating func fields(_ node: Node, of section: BatchSection) -> Fields {
        var known = Fields(position: node.position)
        for entry in entries(node).entries {
            if section.keys.contains(entry.key) {
                known.append(entry)
            } else {
                mistake(entry.position, section.unknown(entry.key))
            }
        }
        return known
    }

    /// Reads the mapping behind a key; nothing written there is an empty one.
    mutating func fields(_ entry: Fields.Entry?, of section: BatchSection) -> Fields? {
        guard let entry, !entry.value.isNull else { return nil }
        guard entry.value.mapping != nil else {
            wrongType(entry, "a mapping of keys to values")
            return nil
        }
        return fields(entry.value, of: section)
    }

    /// Reads any mapping: keys that are given twice are mistakes, `<<` brings in the entries of another.
    mutating func entries(_ node: Node) -> Fields {
        if node.anchor != nil, let known = anchored[node.position] { return known }
        var fields = Fields(position: node.position)
        var merged: [Fields] = []
        for (key, value) in node.mapping ?? [:] {
            guard let scalar = key.scalar else {
                mistake(key.position, "a key must be text, not \(key.kind)")
                continue
            }
            let name = document.overwritten[key.position] ?? scalar.string
            if name == "<<", scalar.style == .plain {
                merged += (value.sequence.map(Array.init) ?? [value]).map { entries($0) }
            } else if let first = fields[name] {
                mistake(
                    key.position,
                    "duplicate key \(name.quoted), first given at \(document.original(first.position))",
                )
            } else {
                fields.append(.init(key: name, position: key.position, value: value))
            }
        }
        for others in merged {
            for entry in others.entries where fields[entry.key] == nil { fields.append(entry) }
        }
        if node.anchor != nil { anchored[node.position] = fields }
        return fields
    }

    // MARK: - Values

    /// Reads text; numbers and truth values, too, are the text they were written as.
    mutating func text(_ entry: Fields.Entry?) -> String? {
        guard let entry else { return nil }
        guard let scalar = entry.value.scalar, !entry.value.isNull else {
            wrongType(entry, "text")
            return nil
        }
        return scalar.string
    }

    /// Reads a truth value.
    mutating func flag(_ entry: Fields.Entry?) -> Bool? {
        guard let entry else { return nil }
        guard let flag = entry.value.truth else {
            wrongTruth(entry, "true or false")
            return nil
        }
        return flag
    }

    /// Reads a list of texts.
    mutating func texts(_ entry: Fields.Entry?) -> [String]? {
        guard let entry else { return nil }
        guard let list = entry.value.sequence else {
            wrongType(entry, "a list, such as [a, b] or []")
            return nil
        }
        return list.compactMap { text(Fields.Entry(key: entry.key, position: entry.position, value: $0)) }
    }

    /// Reads one word of a vocabulary, in any case.
    mutating func word<Word: RawRepresentable<String>>(
        _ entry: Fields.Entry,
        _ node: Node,
        among words: [Word],
        called name: String,
    ) -> Word? {
        guard let scalar = node.scalar, !node.isNull else {
            wrongType(.init(key: entry.key, position: entry.position, value: node), name)
            return nil
        }
        let written = scalar.string.lowercased()
        if let word = words.first(where: { $0.rawValue.lowercased() == written }) { return word }
        let names = words.map(\.rawValue)
        let hint =
            Spelling.nearest(to: written, among: names).map { ", did you mean '\($0)'?" }
            ?? "; known are \(names.joined(separator: ", "))"
        mistake(node.position, "\(scalar.string.quoted) is not \(name)\(hint)")
        return nil
    }

    /// Reads a quantity with one of the initialisers that take text.
    mutating func quantity<Value>(
        _ entry: Fields.Entry?,
        _ read: (String) throws(QuantityError) -> Value,
    ) -> Value? {
        guard let entry else { return nil }
        guard let scalar = entry.value.scalar, !entry.value.isNull else {
            wrongType(entry, "a number")
            return nil
        }
        do {
            return try read(scalar.string)
        } catch {
            mistake(entry.value.position, "\(entry.key): \(error.message)")
            return nil
        }
    }
}
