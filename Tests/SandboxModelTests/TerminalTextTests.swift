import SandboxModel
import Testing

@Suite struct TerminalTextTests {
    @Test func `escape sequences are shown, not obeyed`() {
        #expect(TerminalText.inert("\u{1B}[31mred\u{1B}[0m") == "␛[31mred␛[0m")
        #expect(TerminalText.inert("\u{1B}]0;title\u{7}") == "␛]0;title␇")
        #expect(TerminalText.inert("\u{9B}2J \u{7F} \u{0}") == "⟨U+009B⟩2J ␡ ␀")
    }

    @Test func `no scalar of a control or format category is left, but line feed, tab and joiners`() {
        let every = (0...0x10FFFF as ClosedRange<UInt32>).compactMap(Unicode.Scalar.init)
        var text = ""
        text.unicodeScalars.append(contentsOf: every)
        let left = TerminalText.inert(text).unicodeScalars.filter { scalar in
            switch scalar.properties.generalCategory {
            case .control, .format, .lineSeparator, .paragraphSeparator: true
            default: false
            }
        }
        #expect(Set(left) == ["\n", "\t", "\u{200C}", "\u{200D}"])
    }

    @Test func `directional overrides cannot reorder a line`() {
        #expect(TerminalText.inert("a\u{202E}b\u{2066}c\u{2069}") == "a⟨U+202E⟩b⟨U+2066⟩c⟨U+2069⟩")
    }

    @Test func `a carriage return stays only as part of a line end`() {
        #expect(TerminalText.inert("done\r\nfine\rovertyped") == "done\nfine␍overtyped")
        #expect(TerminalText.inert("last\r") == "last␍")
    }

    @Test func `ordinary text of any script stays as it is`() {
        let text = "naïve 日本語 עברית 👩‍👩‍👧‍👦 नमस्ते\tend\n"
        #expect(TerminalText.inert(text) == text)
    }

    @Test(arguments: 1...7)
    func `chunks of any length give the text of the whole`(length: Int) {
        let text = "é日👩‍👧 \r\n \u{1B}[1m \r x \u{202E} end"
        let bytes = Array(text.utf8)
        var filter = TerminalText()
        var shown = ""
        for start in stride(from: 0, to: bytes.count, by: length) {
            shown += filter.inert(bytes[start..<min(start + length, bytes.count)])
        }
        #expect(shown + filter.finish() == TerminalText.inert(text))
    }

    @Test func `bytes that are not UTF-8 are replaced and hold nothing back`() {
        var filter = TerminalText()
        #expect(filter.inert([0xFF, 0x80, 0x80, 0x80, 0x41]) == "\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}A")
        #expect(filter.inert([0xC3]) == "")
        #expect(filter.inert([0x1B]) == "\u{FFFD}␛")
        #expect(filter.inert([0xF0, 0x9F]) == "")
        #expect(filter.finish() == "\u{FFFD}")
    }
}
