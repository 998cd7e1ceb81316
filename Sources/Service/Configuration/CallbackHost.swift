/// A host with a port that may be told of submissions that end.
package struct CallbackHost: Sendable, Hashable {
    /// A name or an address, in lower case; one of IPv6 without its brackets.
    package let host: String
    package let port: Int

    package init(host: String, port: Int) {
        self.host = host.lowercased()
        self.port = port
    }

    /// The host that is written as `HOST:PORT` or `[ADDRESS]:PORT`, or `nil` when that is none.
    package init?(_ text: String) {
        guard let colon = text.lastIndex(of: ":"), let port = Int(text[text.index(after: colon)...]),
            (1...65_535).contains(port)
        else { return nil }
        var host = text[..<colon]
        if host.hasPrefix("["), host.hasSuffix("]") {
            host = host.dropFirst().dropLast()
            guard host.utf8.allSatisfy({ Self.isAddressByte($0) }) else { return nil }
        } else {
            guard host.utf8.allSatisfy({ Self.isNameByte($0) }) else { return nil }
        }
        guard !host.isEmpty else { return nil }
        self.init(host: String(host), port: port)
    }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        Character(UnicodeScalar(byte)).isASCII
            && (Character(UnicodeScalar(byte)).isLetter || (48...57).contains(byte)
                || [45, 46, 95].contains(byte))
    }

    private static func isAddressByte(_ byte: UInt8) -> Bool {
        (48...58).contains(byte) || (65...70).contains(byte) || (97...102).contains(byte) || byte == 46
    }
}
