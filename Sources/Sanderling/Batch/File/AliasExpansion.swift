import Yams

/// How many nodes a tree has once every alias in it stands for a copy of what it names.
///
/// The parser shares such copies, so that a tree is small in memory and yet can have more nodes than there are atoms:
/// ten aliases of a list of ten aliases, and so on. A node that bears an anchor is therefore counted once.
struct AliasExpansion {
    /// A node with an anchor, which a tree may hold any number of times.
    private struct Anchored: Hashable {
        let anchor: Anchor
        let position: BatchPosition
    }

    /// As many nodes as a tree may have.
    let limit: Int
    private var sizes: [Anchored: Int] = [:]

    /// A count for a text of so many characters; without aliases, each can begin two nodes at most.
    init(characters: Int) { limit = 1_000_000 + 2 * characters }

    /// The innermost node that has more nodes in it than are permitted; `nil` when the whole tree has not.
    mutating func firstBeyondLimit(in node: Node) -> Node? {
        var beyond: Node?
        _ = size(of: node, beyond: &beyond)
        return beyond
    }

    private mutating func size(of node: Node, beyond: inout Node?) -> Int {
        let anchored = node.anchor.map { Anchored(anchor: $0, position: node.position) }
        if let anchored, let size = sizes[anchored] { return size }
        var size = 1
        for child in Self.children(of: node) {
            size += self.size(of: child, beyond: &beyond)
            guard beyond == nil else { return size }
        }
        if size > limit { beyond = node }
        if let anchored { sizes[anchored] = size }
        return size
    }

    private static func children(of node: Node) -> [Node] {
        switch node {
        case .sequence(let sequence): Array(sequence)
        case .mapping(let mapping): mapping.flatMap { [$0.key, $0.value] }
        case .scalar, .alias: []
        }
    }
}
