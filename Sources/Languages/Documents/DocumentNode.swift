package import SandboxModel

/// A value of a YAML document as it is written: a text, a list or a mapping, and where it stands.
///
/// What it means is decided by who reads it, and by its key: `8.6` may be a version, and `no` a language.
package struct DocumentNode: Sendable, Hashable {
    /// What a value is.
    package indirect enum Value: Sendable, Hashable {
        /// A text; a null is one that says nothing.
        case text(String, isNull: Bool)
        /// Values in order.
        case list([DocumentNode])
        /// Keys, none of them twice, each with its value, in the document's order.
        case mapping([Entry])
    }

    /// A key with its value.
    package struct Entry: Sendable, Hashable {
        /// The key.
        package var key: DocumentNode
        /// Its value.
        package var value: DocumentNode

        /// A key with its value.
        package init(key: DocumentNode, value: DocumentNode) {
            self.key = key
            self.value = value
        }
    }

    /// What it is.
    package var value: Value
    /// The line on which it begins, from 1.
    package var line: Int
    /// The column in which it begins, from 1.
    package var column: Int

    /// A value that begins at a place.
    package init(_ value: Value, line: Int, column: Int) {
        self.value = value
        self.line = line
        self.column = column
    }

    /// The text, where it is one and says something.
    package var text: String? { if case .text(let text, isNull: false) = value { text } else { nil } }

    /// The list, where it is one.
    package var list: [DocumentNode]? { if case .list(let list) = value { list } else { nil } }

    /// The mapping, where it is one.
    package var mapping: [Entry]? { if case .mapping(let mapping) = value { mapping } else { nil } }

    /// The yes or no, where it is one; YAML 1.1's words for them.
    package var bool: Bool? {
        switch text?.lowercased() {
        case "true", "yes", "on": true
        case "false", "no", "off": false
        default: nil
        }
    }
}

/// Takes YAML documents apart.
package protocol DocumentParser: Sendable {
    /// Takes a document apart.
    ///
    /// - Parameters:
    ///   - text: The document.
    ///   - file: Where it stands.
    /// - Returns: The value that it is; `nil` for one that holds nothing.
    /// - Throws: ``/SandboxModel/SandboxError`` of code `invalidDefinition` that names the file and the place.
    func document(_ text: String, in file: String) throws(SandboxError) -> DocumentNode?
}
