import SandboxModel

/// The place of a request in a trace: the `traceparent` header of <https://www.w3.org/TR/trace-context/>.
struct TraceContext: Sendable, Hashable {
    /// The trace, 32 hexadecimal digits.
    var trace: String
    /// This request's own part of it, 16 hexadecimal digits.
    var span: String
    /// Whether the caller records the trace.
    var isSampled: Bool

    /// The part of a request with this header; of a trace of its own where the header is not one.
    init(continuing header: String?) {
        span = Self.random()
        isSampled = false
        let parts = (header ?? "").split(separator: "-", omittingEmptySubsequences: false).map(String.init)
        guard parts.count >= 4, Self.isHexadecimal(parts[0], 2), parts[0] != "ff",
            Self.isHexadecimal(parts[1], 32),
            Self.isHexadecimal(parts[2], 16), Self.isHexadecimal(parts[3], 2),
            parts[1].contains(where: { $0 != "0" }),
            parts[2].contains(where: { $0 != "0" }), parts[0] != "00" || parts.count == 4
        else {
            trace = Self.random() + Self.random()
            return
        }
        trace = parts[1]
        isSampled = (Int(parts[3], radix: 16) ?? 0) & 1 == 1
    }

    /// The header that says so.
    var header: String { "00-\(trace)-\(span)-\(isSampled ? "01" : "00")" }

    private static func isHexadecimal(_ text: String, _ count: Int) -> Bool {
        text.utf8.count == count && text.utf8.allSatisfy { (48...57).contains($0) || (97...102).contains($0) }
    }

    private static func random() -> String { UInt64.random(in: 1...(.max)).hexadecimal }
}
