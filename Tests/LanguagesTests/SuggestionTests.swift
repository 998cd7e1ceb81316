import Testing

@testable import Languages

/// Names that were probably meant.
struct SuggestionTests {
    @Test(arguments: [
        ("", "abc", 3), ("abc", "", 3), ("abc", "abc", 0), ("ABC", "abc", 0), ("kitten", "sitting", 3),
        ("pyhton", "python", 1), ("ca", "abc", 3), ("limit", "limits", 1), ("abcd", "badc", 2),
    ])
    func `edits are insertions, deletions, replacements and swaps`(
        _ left: String,
        _ right: String,
        _ count: Int,
    ) {
        #expect(Suggestion.edits(from: left, to: right) == count)
        #expect(Suggestion.edits(from: right, to: left) == count)
    }

    @Test func `the nearest is meant, when it is near`() {
        #expect(Suggestion.nearest(to: "pyhton", among: ["perl", "python"]) == "python")
        #expect(Suggestion.nearest(to: "cobol", among: ["perl", "python"]) == nil)
    }

    @Test func `nobody means a name by a long text`() {
        let name = String(repeating: "a", count: 64)
        #expect(Suggestion.nearest(to: name, among: [name]) == name)
        #expect(Suggestion.nearest(to: name + "a", among: [name]) == nil)
        // Compared with anything, it would take hours and more memory than there is.
        let long = String(repeating: "a", count: 4_000_000)
        #expect(Suggestion.nearest(to: long, among: [long, name]) == nil)
        #expect(Suggestion.nearest(to: name, among: [long]) == nil)
    }
}
