/// The words and signs of a source text in a language with C's comments and strings; what those hold is left out.
struct SourceTokens: Sequence, IteratorProtocol {
    private let bytes: [UInt8]
    private var position = 0
    /// Whether a comment may hold another, as in Scala.
    private let nestedComments: Bool

    init(_ bytes: [UInt8], nestedComments: Bool) {
        self.bytes = bytes
        self.nestedComments = nestedComments
    }

    /// The next word, or the next sign as a string of one character.
    mutating func next() -> String? {
        while position < bytes.count {
            let byte = bytes[position]
            switch byte {
            case UInt8(ascii: "/") where peek(1) == UInt8(ascii: "/"): skipLine()
            case UInt8(ascii: "/") where peek(1) == UInt8(ascii: "*"): skipComment()
            case UInt8(ascii: "\""): skipString()
            case UInt8(ascii: "'"): skipCharacter()
            case _ where Self.isWord(byte): return word()
            case 0...UInt8(ascii: " "): position += 1
            default:
                position += 1
                return String(UnicodeScalar(byte))
            }
        }
        return nil
    }

    private func peek(_ distance: Int) -> UInt8? {
        position + distance < bytes.count ? bytes[position + distance] : nil
    }

    private static func isWord(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "$"), 0x80...:
            true
        default: false
        }
    }

    private mutating func word() -> String {
        let start = position
        while position < bytes.count, Self.isWord(bytes[position]) { position += 1 }
        return String(decoding: bytes[start..<position], as: UTF8.self)
    }

    private mutating func skipLine() {
        while position < bytes.count, bytes[position] != UInt8(ascii: "\n") { position += 1 }
    }

    private mutating func skipComment() {
        var depth = 0
        while position < bytes.count {
            if bytes[position] == UInt8(ascii: "/"), peek(1) == UInt8(ascii: "*"),
                depth == 0 || nestedComments
            {
                depth += 1
                position += 2
            } else if bytes[position] == UInt8(ascii: "*"), peek(1) == UInt8(ascii: "/") {
                depth -= 1
                position += 2
                if depth == 0 { return }
            } else {
                position += 1
            }
        }
    }

    /// Skips `"…"`, which ends with its line at the latest, or `"""…"""`, which does not.
    private mutating func skipString() {
        let quote = UInt8(ascii: "\"")
        let isBlock = peek(1) == quote && peek(2) == quote
        position += isBlock ? 3 : 1
        while position < bytes.count {
            let byte = bytes[position]
            if byte == UInt8(ascii: "\\") {
                position += 2
            } else if byte == quote, !isBlock {
                position += 1
                return
            } else if byte == quote, peek(1) == quote, peek(2) == quote {
                position += 3
                return
            } else if byte == UInt8(ascii: "\n"), !isBlock {
                return
            } else {
                position += 1
            }
        }
    }

    /// Skips `'x'` or `'\n'`; a quote that closes nowhere near is Scala's symbol and is skipped alone.
    private mutating func skipCharacter() {
        // The longest are an escape, '\u0041', and a character of four bytes.
        let isEscape = peek(1) == UInt8(ascii: "\\")
        let isLong = (peek(1) ?? 0) >= 0x80
        let farthest = isEscape ? 7 : isLong ? 5 : 2
        for distance in stride(from: isEscape ? 3 : 2, through: farthest, by: 1)
        where peek(distance) == UInt8(ascii: "'") {
            position += distance + 1
            return
        }
        position += 1
    }
}
