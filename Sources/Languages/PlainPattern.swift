/// Patterns so plain that it need not be tried whether they are regular expressions.
///
/// Compiling one takes as long as reading the rest of a definition, and nearly all are plain: letters, digits and a few other
/// characters that mean themselves, `\\.`, classes of such, each repeated by one `*`, `+` or `?` at most, and groups of them.
struct PlainPattern {
    private var rest: Substring.UTF8View
    private var groups = 0

    /// Whether `pattern` is plain and has exactly one group; false says nothing.
    static func hasOneGroup(_ pattern: String) -> Bool {
        var reader = Self(rest: pattern[...].utf8)
        return reader.skipPattern() && reader.groups == 1
    }

    private init(rest: Substring.UTF8View) { self.rest = rest }

    private mutating func skipPattern() -> Bool {
        var isInGroup = false
        /// Whether what was read last can be repeated, and whether a group may end.
        var isItem = false
        while let byte = rest.popFirst() {
            switch byte {
            case UInt8(ascii: "(") where !isInGroup:
                groups += 1
                (isInGroup, isItem) = (true, false)
                guard rest.first != UInt8(ascii: ")") else { return false }
            case UInt8(ascii: ")") where isInGroup: (isInGroup, isItem) = (false, false)
            case UInt8(ascii: "*"), UInt8(ascii: "+"), UInt8(ascii: "?"):
                guard isItem else { return false }
                isItem = false
            case UInt8(ascii: "\\"):
                guard rest.popFirst() == UInt8(ascii: ".") else { return false }
                isItem = true
            case UInt8(ascii: "["):
                guard skipClass() else { return false }
                isItem = true
            case _ where Self.isLiteral(byte): isItem = true
            default: return false
            }
        }
        return !isInGroup
    }

    /// Reads the rest of a class: characters and ranges of letters or digits, at least one.
    private mutating func skipClass() -> Bool {
        if rest.first == UInt8(ascii: "^") { rest.removeFirst() }
        var isEmpty = true
        while let byte = rest.popFirst(), byte != UInt8(ascii: "]") {
            isEmpty = false
            if Self.isAlphanumeric(byte), rest.first == UInt8(ascii: "-") {
                rest.removeFirst()
                guard let last = rest.popFirst(), Self.isAlphanumeric(last), byte <= last else {
                    return false
                }
            } else {
                let isMember =
                    Self.isAlphanumeric(byte) || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "+")
                guard isMember || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "\"") else {
                    return false
                }
            }
            guard !rest.isEmpty else { return false }
        }
        return !isEmpty
    }

    private static func isLiteral(_ byte: UInt8) -> Bool {
        isAlphanumeric(byte) || " \"',-/:;<=>@_".utf8.contains(byte)
    }

    private static func isAlphanumeric(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default: false
        }
    }
}
