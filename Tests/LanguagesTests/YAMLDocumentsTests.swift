import LanguageFiles
import Languages
import SandboxModel
import Testing

/// What documents come to.
struct YAMLDocumentsTests {
    private func document(_ text: String) throws -> DocumentNode? {
        try YAMLDocuments().document(text, in: "/etc/x.yaml")
    }

    @Test func `everything is what is written, where it is written`() throws {
        let document = try #require(try document("a: 8.6\nb: [no, ~, '', \"null\"]\nc:\n  d: |\n    text\n"))
        let entries = try #require(document.mapping)
        #expect(entries.map(\.key.text) == ["a", "b", "c"])
        #expect(entries[0].value.text == "8.6")
        let list = try #require(entries[1].value.list)
        #expect(list.first?.text == "no")
        #expect(list.first?.bool == false)
        #expect(list[1].text == nil)
        #expect((list[0].line, list[0].column) == (2, 5))
        #expect(entries[2].value.mapping?.first?.value.text == "text\n")
    }

    @Test func `nothing is no document`() throws { #expect(try document("# only this\n") == nil) }

    @Test(arguments: [
        ("a: [", ":1:"), ("a: 1\na: 2\n", "'a' is given twice"), ("a: *b\n", "/etc/x.yaml"),
    ])
    func `what is no YAML is named with its place`(text: String, said: String) {
        let error = #expect(throws: SandboxError.self) { try document(text) }
        #expect(error?.code == .invalidDefinition)
        #expect(error?.message.contains(said) ?? false, "\(error?.message ?? "")")
    }

    @Test func `aliases that repeat each other come to an end`() {
        var text = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n"
        for level in 1...12 {
            let list = Array(repeating: "*a\(level - 1)", count: 9).joined(separator: ", ")
            text += "a\(level): &a\(level) [\(list)]\n"
        }
        let error = #expect(throws: SandboxError.self) { try document(text) }
        #expect(error?.message.contains("more than 100000 values") ?? false, "\(error?.message ?? "")")
    }
}
