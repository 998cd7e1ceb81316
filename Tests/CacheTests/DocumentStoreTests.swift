import Languages
import SandboxModel
import Testing

@testable import SandboxEngine

/// Definitions that were taken apart before.
struct DocumentStoreTests {
    private static let document = DocumentNode(
        .mapping([
            .init(
                key: DocumentNode(.text("naïve", isNull: false), line: 1, column: 1),
                value: DocumentNode(.list([]), line: 1, column: 8),
            ),
            .init(
                key: DocumentNode(.text("b", isNull: false), line: 2, column: 1),
                value: DocumentNode(
                    .list([
                        DocumentNode(.text("", isNull: true), line: 3, column: 3),
                        DocumentNode(.mapping([]), line: 70_000, column: 5),
                    ]),
                    line: 3,
                    column: 1,
                ),
            ),
        ]),
        line: 1,
        column: 1,
    )

    /// Says what it is told to, and counts.
    private struct Parser: DocumentParser {
        func document(_ text: String, in file: String) throws(SandboxError) -> DocumentNode? {
            DocumentNode(.text(text, isNull: false), line: 1, column: 1)
        }
    }

    @Test func `a document comes back as it was`() {
        #expect(DocumentStore.document(in: DocumentStore.entry(Self.document)) == Self.document)
    }

    @Test func `a damaged one is none`() {
        let entry = DocumentStore.entry(Self.document)
        for place in entry.indices {
            var damaged = entry
            damaged[place] ^= 1
            #expect(DocumentStore.document(in: damaged) == nil, "byte \(place)")
        }
        for length in 0..<entry.count {
            #expect(DocumentStore.document(in: Array(entry[..<length])) == nil, "the first \(length) bytes")
        }
        #expect(DocumentStore.document(in: entry + [0]) == nil)
    }

    @Test func `what was taken apart once needs no parser, and what was not is refused without one`() throws {
        let text = "unique: \(UInt64.random(in: 0 ... .max))"
        #expect(throws: SandboxError.self) { try DocumentStore().document(text, in: "x.yaml") }
        let made = try DocumentStore(for: Parser()).document(text, in: "x.yaml")
        #expect(made?.text == text)
        #expect(try DocumentStore().document(text, in: "elsewhere.yaml") == made)
        #expect(throws: SandboxError.self) { try DocumentStore().document(text + " ", in: "x.yaml") }
    }
}
