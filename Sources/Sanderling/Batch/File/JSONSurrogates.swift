/// The escapes of JSON that YAML does not know: a character beyond U+FFFF as a pair of surrogates, `\ud83d\ude00`.
///
/// Most programs that write JSON write emoji so; YAML writes `\U0001F600`, which is two characters shorter.
struct JSONSurrogates {
    /// The text with every pair in YAML's form.
    private(set) var scalars: [Unicode.Scalar] = []
    /// Where, in that text, lines are shorter than they were.
    private var places: [BatchPosition] = []

    /// Rewrites the pairs of a JSON text; any other text stays as it is.
    init(_ text: [Unicode.Scalar]) {
        guard text.first(where: { !$0.properties.isWhitespace }) == "{" else {
            scalars = text
            return
        }
        scalars.reserveCapacity(text.count)
        var (index, line, lineStart) = (0, 1, 0)
        while index < text.count {
            if let pair = Self.pair(in: text, at: index) {
                places.append(BatchPosition(line: line, column: scalars.count - lineStart + 1))
                let digits = String(pair, radix: 16)
                scalars += Array(
                    "\\U\(String(repeating: "0", count: 8 - digits.count))\(digits)".unicodeScalars
                )
                index += 12
                continue
            }
            // What follows a backslash is taken with it, so that `\\ud83d` is not mistaken for an escape.
            let length = text[index] == "\\" && index + 1 < text.count && text[index + 1] != "\n" ? 2 : 1
            scalars += text[index..<(index + length)]
            index += length
            if scalars.last == "\n" { (line, lineStart) = (line + 1, scalars.count) }
        }
    }

    /// Where a place of the rewritten text is in the original.
    func original(_ position: BatchPosition) -> BatchPosition {
        let before = places.count { $0.line == position.line && $0.column < position.column }
        return BatchPosition(line: position.line, column: position.column + 2 * before)
    }

    /// The code point of the surrogate pair that is written at `index`, if there is one.
    private static func pair(in text: [Unicode.Scalar], at index: Int) -> UInt32? {
        guard let high = unit(in: text, at: index), 0xD800..<0xDC00 ~= high,
            let low = unit(in: text, at: index + 6), 0xDC00..<0xE000 ~= low
        else { return nil }
        return 0x10000 + (high - 0xD800) << 10 + (low - 0xDC00)
    }

    private static func unit(in text: [Unicode.Scalar], at index: Int) -> UInt32? {
        guard index + 6 <= text.count, text[index] == "\\", text[index + 1] == "u" else { return nil }
        return UInt32(String(String.UnicodeScalarView(text[(index + 2)..<(index + 6)])), radix: 16)
    }
}
