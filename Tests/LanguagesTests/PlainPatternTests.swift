import Testing

@testable import LanguageFiles
@testable import Languages

/// Patterns that are taken without being compiled, against the compiler.
struct PlainPatternTests {
    private static let alphabet = Array("a9. ()[]-^*+?\\|\"{")

    /// How many groups the compiler finds; `nil` when it refuses the pattern.
    private static func groups(in pattern: String) -> Int? {
        guard let regex = try? Regex("(?:\(pattern))|"), let match = "".firstMatch(of: regex) else {
            return nil
        }
        return match.output.count - 1
    }

    @Test func `what is taken has one group, of all patterns of up to four characters`() {
        var taken = 0
        var patterns = [""]
        for _ in 1...4 {
            patterns = patterns.flatMap { pattern in Self.alphabet.map { pattern + String($0) } }
            for pattern in patterns where PlainPattern.hasOneGroup(pattern) {
                taken += 1
                if Self.groups(in: pattern) != 1 { Issue.record("\(pattern) has not one group") }
            }
        }
        #expect(taken > 50)
    }

    @Test(arguments: [
        "Python ([0-9][0-9A-Za-z.+]*)", "([0-9][0-9.]*)", "version ([0-9][0-9.]*)", #"\.([0-9]+)\."#,
        #""version": *"([^"]+)""#,
    ])
    func `the patterns of definitions are plain`(pattern: String) {
        #expect(PlainPattern.hasOneGroup(pattern))
        #expect(Self.groups(in: pattern) == 1)
    }

    @Test(arguments: [
        "", "a", "(a)(b)", "((a))", "(", "a)", "()", "(?:a)", "(a|b)", "*(a)", "(a**)", "[]", "[z-a](b)",
        "[a",
    ])
    func `others are not`(pattern: String) { #expect(!PlainPattern.hasOneGroup(pattern)) }

    @Test func `most languages have a plain pattern`() throws {
        let all = try LanguageCatalog(directories: [LanguageCatalog.builtInDirectory]).all()
        let patterns = all.compactMap { $0.version?.pattern }
        #expect(patterns.filter(PlainPattern.hasOneGroup).count * 2 > patterns.count)
        for pattern in patterns { #expect(Self.groups(in: pattern) == 1) }
    }
}
