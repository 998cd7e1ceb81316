import Crypto
package import Languages
package import LaunchProtocol
package import SandboxModel

/// What documents are once they are taken apart, kept from one process to the next.
///
/// To take a definition apart takes a parser, and that takes longer to start than the definition is to read. A document is kept under
/// the hash of its text, so that one that was changed is another.
package struct DocumentStore: DocumentParser {
    private let parser: (any DocumentParser)?

    /// A store of what `parser` has taken apart, which it is asked for what is not there.
    ///
    /// - Parameter parser: `nil` to do with what is there.
    package init(for parser: (any DocumentParser)? = nil) { self.parser = parser }

    package func document(_ text: String, in file: String) throws(SandboxError) -> DocumentNode? {
        let name = SHA256.hash(data: Array(text.utf8)).hexadecimal
        let directory = PrivateCacheDirectory(named: "documents")
        if let entry = directory?.contents(of: name, limit: Self.largest),
            let document = Self.document(in: entry)
        {
            return document
        }
        guard let parser else {
            throw SandboxError(.invalidDefinition, "\(file): has not been taken apart before")
        }
        let document = try parser.document(text, in: file)
        if let document { directory?.store(Self.entry(document), as: name) }
        return document
    }

    /// More than a file of 1 MiB, which is the largest that is read, comes to.
    private static let largest = 16 << 20

    /// A file that holds a document: the hash of it, and the document.
    static func entry(_ document: DocumentNode) -> [UInt8] {
        let bytes = document.wireBytes
        return Array(seal(bytes).utf8) + [0x0A] + bytes
    }

    /// The document in a file, unless the file is damaged.
    static func document(in entry: [UInt8]) -> DocumentNode? {
        guard let end = entry.firstIndex(of: 0x0A) else { return nil }
        let bytes = Array(entry[(end + 1)...])
        guard entry[..<end].elementsEqual(seal(bytes).utf8) else { return nil }
        return try? DocumentNode(wireBytes: bytes)
    }

    private static func seal(_ bytes: [UInt8]) -> String {
        SHA256.hash(data: Array("document 1\0".utf8) + bytes).hexadecimal
    }
}

extension DocumentNode: WireCodable {
    package func write(to writer: inout WireWriter) {
        writer.write(UInt32(line))
        writer.write(UInt32(column))
        switch value {
        case .text(let text, let isNull):
            writer.write(UInt8(isNull ? 1 : 0))
            writer.write(text)
        case .list(let list):
            writer.write(UInt8(2))
            writer.write(list)
        case .mapping(let entries):
            writer.write(UInt8(3))
            writer.write(entries.flatMap { [$0.key, $0.value] })
        }
    }

    package init(from reader: inout WireReader) throws(MalformedMessage) {
        let line = Int(try reader.read(UInt32.self))
        let column = Int(try reader.read(UInt32.self))
        let value: Value
        switch try reader.read(UInt8.self) {
        case 0: value = .text(try reader.readString(), isNull: false)
        case 1: value = .text(try reader.readString(), isNull: true)
        case 2: value = .list(try reader.readArray(of: Self.self))
        case 3:
            let parts = try reader.readArray(of: Self.self)
            guard parts.count.isMultiple(of: 2) else { throw MalformedMessage() }
            value = .mapping(
                stride(from: 0, to: parts.count, by: 2).map { Entry(key: parts[$0], value: parts[$0 + 1]) }
            )
        default: throw MalformedMessage()
        }
        self.init(value, line: line, column: column)
    }
}
