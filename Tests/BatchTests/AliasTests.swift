import Sanderling
import Testing

/// Aliases and merge keys, of which a few lines can stand for more than any machine can read.
@Suite struct AliasTests {
    /// `levels` lines, each of which refers to the one before twice.
    private func chain(_ levels: Int, _ line: (_ previous: String) -> String) -> String {
        (1...levels).map { "  - &m\($0) \(line("*m\($0 - 1)"))\n" }.joined()
    }

    private func mistake(_ text: String) -> String? {
        #expect(throws: BatchFileError.self) { try parse(text) }?.description
    }

    @Test(.timeLimit(.minutes(1)))
    func `a chain of merge keys that doubles forty times is a mistake`() {
        let lines = chain(40) { "{<<: [\($0), \($0)], code: a}" }
        let text = "execution:\n  code_samples:\n  - &m0 {code: a}\n\(lines)"
        #expect(mistake(text)?.contains("aliases make this stand for more than 100") == true)
    }

    @Test(.timeLimit(.minutes(1)))
    func `a list of lists that doubles forty times is a mistake`() {
        let lines = chain(40) { "[\($0), \($0)]" }
        let text = "execution: {code_samples: [{code: 1}]}\nsandbox:\n  - &m0 [a, b]\n\(lines)"
        let message = mistake(text)
        #expect(message?.contains("aliases make this stand for more than 100") == true)
        // The first line that is too much: 3 nodes doubled 19 times are more than a million.
        #expect(message?.hasPrefix("config.yaml:21:5: ") == true, "\(message ?? "")")
    }

    @Test(.timeLimit(.minutes(1)), arguments: ["? *m40\n  : 1\n", "? [*m40]\n  : 1\n", "{*m40 : 1}: 2\n"])
    func `what doubles forty times is a mistake as a key too`(key: String) {
        let lines = chain(40) { "[\($0), \($0)]" }
        let text = "sandbox:\n  - &m0 [a, b]\n\(lines)execution:\n  \(key)"
        #expect(mistake(text)?.contains("aliases make this stand for more than 100") == true)
    }

    @Test func `a key may be an alias, and one given twice is still found`() {
        let text = "execution: {code_samples: [{&c code: 'a * b & c', *c : b}]}\n"
        #expect(mistake(text) == "config.yaml:1:29: duplicate key 'code'", "\(mistake(text) ?? "")")
    }

    @Test(.timeLimit(.minutes(1)))
    func `merge keys that double within the limit cost what is written`() throws {
        let lines = chain(14) { "{<<: [\($0), \($0)], description: a}" }
        let text = "execution:\n  code_samples:\n  - &m0 {code: a, timeout: 3}\n\(lines)"
        let samples = try parse(text).samples
        #expect(samples.count == 15)
        #expect(samples.allSatisfy { $0.limits.wallTime == .seconds(3) })
    }

    @Test func `many samples may share what is written once`() throws {
        let samples = String(repeating: "  - {<<: *common, code: b}\n", count: 5_000)
        let text = "execution:\n  code_samples:\n  - &common {code: a, env: {A: 1, B: 2}}\n\(samples)"
        #expect(try parse(text).samples.count == 5_001)
    }
}
