/// A pattern for relative paths: `?` and `*` stay within a name, `**` spans directories; glob(7).
struct Glob {
    private let pattern: [UInt8]

    /// The pattern in `pattern`, as bytes.
    init(_ pattern: [UInt8]) { self.pattern = pattern }

    /// Whether the whole of `path` matches.
    func matches(_ path: [UInt8]) -> Bool { Self.matches(pattern[...], path[...]) }

    private static func matches(_ pattern: ArraySlice<UInt8>, _ path: ArraySlice<UInt8>) -> Bool {
        var pattern = pattern
        var path = path
        while let head = pattern.first {
            if head == UInt8(ascii: "*") {
                let spans = pattern.dropFirst().first == UInt8(ascii: "*")
                var rest = pattern.dropFirst(spans ? 2 : 1)
                // "**/" also matches no directory at all.
                if spans, rest.first == UInt8(ascii: "/") {
                    if matches(rest.dropFirst(), path) { return true }
                    rest = pattern.dropFirst(2)
                }
                while true {
                    if matches(rest, path) { return true }
                    guard let skipped = path.popFirst() else { return false }
                    if skipped == UInt8(ascii: "/"), !spans { return false }
                }
            }
            guard let byte = path.popFirst() else { return false }
            guard head == byte || (head == UInt8(ascii: "?") && byte != UInt8(ascii: "/")) else {
                return false
            }
            pattern.removeFirst()
        }
        return path.isEmpty
    }
}
