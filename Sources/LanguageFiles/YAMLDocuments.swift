package import Languages
package import SandboxModel
import Yams

/// Takes documents apart by Yams.
package struct YAMLDocuments: DocumentParser {
    package init() {}

    package func document(_ text: String, in file: String) throws(SandboxError) -> DocumentNode? {
        let node: Node?
        do {
            // Every value is taken as it is written, so that nothing need tell numbers from words; the regular expressions
            // that do take longer to compile than the file to read. Nor does anybody ask Yams to make values.
            node = try Yams.compose(yaml: text, .basic, Constructor([:], [:], [:]), .utf8)
        } catch {
            let message = (error as? YamlError)?.placed(in: file) ?? "\(file): \(error)"
            throw SandboxError(.invalidDefinition, message)
        }
        guard let node else { return nil }
        var converter = Converter()
        guard let document = converter.converted(node) else {
            throw SandboxError(
                .invalidDefinition,
                "\(file): has more than \(Converter.bound) values, those that aliases repeat included",
            )
        }
        return document
    }
}

/// Makes ours of Yams' nodes.
private struct Converter {
    /// Values in a document: each alias repeats all that it stands for.
    static let bound = 100_000

    private var left = Self.bound

    /// The value that `node` is; `nil` beyond the bound.
    mutating func converted(_ node: Node) -> DocumentNode? {
        guard left > 0 else { return nil }
        left -= 1
        guard let value = value(of: node) else { return nil }
        return DocumentNode(value, line: node.mark?.line ?? 1, column: node.mark?.column ?? 1)
    }

    private mutating func value(of node: Node) -> DocumentNode.Value? {
        switch node {
        case .scalar(let scalar): return .text(scalar.string, isNull: node.null != nil)
        case .sequence(let sequence):
            var list: [DocumentNode] = []
            for element in sequence {
                guard let element = converted(element) else { return nil }
                list.append(element)
            }
            return .list(list)
        case .mapping(let mapping):
            var entries: [DocumentNode.Entry] = []
            for (key, value) in mapping {
                guard let key = converted(key), let value = converted(value) else { return nil }
                entries.append(DocumentNode.Entry(key: key, value: value))
            }
            return .mapping(entries)
        // Composed, every alias is what it stands for.
        case .alias: return .text("", isNull: true)
        }
    }
}
