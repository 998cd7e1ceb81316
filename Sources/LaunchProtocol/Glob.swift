/// A pattern for relative paths: `?` and `*` stay within a name, `**` spans directories; glob(7).
///
/// Part of the protocol as it gives ``CellRequest/collect(directory:patterns:limit:)`` its meaning. Paths are the
/// program's choice, so matching takes time in proportion to the path, whatever the pattern.
public struct Glob: Sendable {
    private enum Part {
        case byte(UInt8)
        /// `?`: any byte of a name.
        case one
        /// `*`: any bytes of a name.
        case name
        /// `**`: any bytes.
        case anything
        /// `**` and a slash: any directories, or none.
        case directories
    }

    private let parts: [Part]

    /// The pattern in `pattern`, as bytes.
    public init(_ pattern: [UInt8]) {
        var parts: [Part] = []
        var rest = pattern[...]
        while let byte = rest.popFirst() {
            switch byte {
            case UInt8(ascii: "?"): parts.append(.one)
            case UInt8(ascii: "*") where rest.starts(with: [UInt8(ascii: "*"), UInt8(ascii: "/")]):
                parts.append(.directories)
                rest = rest.dropFirst(2)
            case UInt8(ascii: "*") where rest.first == UInt8(ascii: "*"):
                parts.append(.anything)
                rest = rest.dropFirst()
            case UInt8(ascii: "*"): parts.append(.name)
            default: parts.append(.byte(byte))
            }
        }
        self.parts = parts
    }

    /// Whether the whole of `path` matches.
    public func matches(_ path: [UInt8]) -> Bool {
        // Every place in the pattern that the path so far could have come to, as one walk over the path.
        var places = [Bool](repeating: false, count: parts.count + 1)
        places[0] = true
        skipWhatMayBeEmpty(&places)
        for byte in path {
            var next = [Bool](repeating: false, count: parts.count + 1)
            for (place, part) in parts.enumerated() where places[place] {
                switch part {
                case .byte(let expected): if byte == expected { next[place + 1] = true }
                case .one: if byte != UInt8(ascii: "/") { next[place + 1] = true }
                case .name: if byte != UInt8(ascii: "/") { next[place] = true }
                case .anything: next[place] = true
                case .directories:
                    next[place] = true
                    if byte == UInt8(ascii: "/") { next[place + 1] = true }
                }
            }
            places = next
            skipWhatMayBeEmpty(&places, atStartOfName: byte == UInt8(ascii: "/"))
        }
        return places[parts.count]
    }

    /// Goes past parts that match nothing at all; directories only where a name begins.
    private func skipWhatMayBeEmpty(_ places: inout [Bool], atStartOfName: Bool = true) {
        for (place, part) in parts.enumerated() where places[place] {
            switch part {
            case .name, .anything: places[place + 1] = true
            case .directories: if atStartOfName { places[place + 1] = true }
            case .byte, .one: continue
            }
        }
    }
}
