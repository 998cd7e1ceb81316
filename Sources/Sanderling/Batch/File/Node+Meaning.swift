import SandboxModel
import Yams

extension Node {
    /// Where the node begins; the start of the file for one that Yams gives no place.
    var position: BatchPosition { mark.map { BatchPosition(line: $0.line, column: $0.column) } ?? .start }

    /// Whether nothing, `null` or `~` is written there.
    var isNull: Bool { plain.map { ["", "~", "null", "Null", "NULL"].contains($0) } ?? false }

    /// The truth value that is written there, in any of YAML 1.1's words; quoted words are text.
    var truth: Bool? { plain.flatMap(Self.truth) }

    private static func truth(of word: String) -> Bool? {
        switch word.lowercased() {
        case "true", "yes", "on": true
        case "false", "no", "off": false
        default: nil
        }
    }

    /// Whether a truth value's word is written there in quotes, which make it text.
    var isQuotedTruth: Bool {
        guard let scalar, [.singleQuoted, .doubleQuoted].contains(scalar.style) else { return false }
        return Self.truth(of: scalar.string) != nil
    }

    /// What is written there, for messages.
    var kind: String {
        switch self {
        case .mapping: "a mapping"
        case .sequence: "a list"
        case .scalar(let scalar): isNull ? "nothing" : scalar.string.quoted
        case .alias: "an alias"
        }
    }

    /// The text of a scalar that was written without quotes and without a tag.
    private var plain: String? {
        guard let scalar, scalar.style == .plain, scalar.tag.rawValue.isEmpty else { return nil }
        return scalar.string
    }
}
