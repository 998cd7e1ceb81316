import Yams

/// How many nodes a tree would have once every alias in it stood for a copy of what it names.
///
/// Ten aliases of a list of ten aliases, and so on, are a short text and more nodes than there are atoms. The parser
/// shares such copies, but looks through each of them where they are keys. So they are counted in a tree whose aliases
/// are plain scalars, because the asterisk of each was overwritten with ``mark``.
struct AliasExpansion {
    /// What stands in the text in the place of an asterisk: a code point for private use.
    static let mark: Unicode.Scalar = "\u{F8FF}"

    /// As many nodes as a tree may have.
    let limit: Int
    /// What each anchor that was met stands for; a later anchor of the same name replaces an earlier one, as in YAML.
    private var sizes: [String: Int] = [:]

    /// A count for a text of so many characters; without aliases, each can begin two nodes at most.
    init(characters: Int) { limit = 1_000_000 + 2 * characters }

    /// The innermost node that has more nodes in it than are permitted; `nil` when the whole tree has not.
    mutating func firstBeyondLimit(in node: Node) -> Node? {
        var beyond: Node?
        _ = size(of: node, beyond: &beyond)
        return beyond
    }

    private mutating func size(of node: Node, beyond: inout Node?) -> Int {
        if let name = Self.alias(node) { return sizes[name] ?? 1 }
        var size = 1
        for child in Self.children(of: node) {
            size += self.size(of: child, beyond: &beyond)
            guard beyond == nil else { return size }
        }
        if size > limit { beyond = node }
        if let anchor = node.anchor { sizes[anchor.rawValue] = size }
        return size
    }

    /// The anchor that a plain scalar was an alias of.
    private static func alias(_ node: Node) -> String? {
        guard case .scalar(let scalar) = node, scalar.style == .plain,
            scalar.string.unicodeScalars.first == mark
        else { return nil }
        return String(scalar.string.unicodeScalars.dropFirst())
    }

    private static func children(of node: Node) -> [Node] {
        switch node {
        case .sequence(let sequence): Array(sequence)
        case .mapping(let mapping): mapping.flatMap { [$0.key, $0.value] }
        case .scalar, .alias: []
        }
    }
}
