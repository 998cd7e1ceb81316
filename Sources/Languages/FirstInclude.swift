/// What a C or C++ source begins with, when that is `#include <header>`; comments before it do not count.
///
/// A precompiled header takes the place of the first header alone.
struct FirstInclude {
    /// The header's name.
    let header: String

    /// Looks at `source`; `nil` when it begins in any other way.
    init?(of source: [UInt8]) {
        var rest = source[...]
        if rest.starts(with: [0xEF, 0xBB, 0xBF]) { rest = rest.dropFirst(3) }
        guard Self.skipBlanks(&rest, acrossLines: true), rest.popFirst() == UInt8(ascii: "#"),
            Self.skipBlanks(&rest, acrossLines: false), rest.starts(with: Array("include".utf8))
        else { return nil }
        rest = rest.dropFirst("include".utf8.count)
        guard Self.skipBlanks(&rest, acrossLines: false), rest.popFirst() == UInt8(ascii: "<"),
            let end = rest.firstIndex(where: { $0 == UInt8(ascii: ">") || $0 == UInt8(ascii: "\n") }),
            rest[end] == UInt8(ascii: ">"),
            let header = String(validating: rest[..<end], as: UTF8.self)
        else { return nil }
        self.header = header
    }

    /// Goes past blanks and comments; false when a comment does not end.
    private static func skipBlanks(_ rest: inout ArraySlice<UInt8>, acrossLines: Bool) -> Bool {
        while let byte = rest.first {
            switch byte {
            case UInt8(ascii: " "), UInt8(ascii: "\t"): rest = rest.dropFirst()
            case UInt8(ascii: "\n"), UInt8(ascii: "\r"):
                guard acrossLines else { return true }
                rest = rest.dropFirst()
            case UInt8(ascii: "/") where rest.dropFirst().first == UInt8(ascii: "/") && acrossLines:
                guard let end = rest.firstIndex(of: UInt8(ascii: "\n")) else { return false }
                rest = rest[end...]
            case UInt8(ascii: "/") where rest.dropFirst().first == UInt8(ascii: "*"):
                rest = rest.dropFirst(2)
                while let byte = rest.popFirst() {
                    if byte == UInt8(ascii: "*"), rest.first == UInt8(ascii: "/") { break }
                }
                guard rest.popFirst() != nil else { return false }
            default: return true
            }
        }
        return false
    }
}
