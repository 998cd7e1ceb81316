import SandboxModel

/// Keeps what fits of one output stream: its head, and its tail when the limit truncates instead of killing.
struct StreamCapture {
    private let limit: Int
    private let keepsTail: Bool
    private var head: [UInt8] = []
    private var tail: [UInt8] = []
    private(set) var total = 0

    /// A capture of at most `limit` bytes.
    init(limit: ByteCount, overflow: OutputOverflow) {
        self.limit = limit.bytes
        keepsTail = overflow == .truncate
    }

    /// Whether more was written than is kept.
    var overflowed: Bool { total > limit }

    private var headLimit: Int { keepsTail ? limit - limit / 2 : limit }

    /// Takes what was read and returns the part that belongs to the head, for those who watch live.
    mutating func take(_ bytes: [UInt8]) -> ArraySlice<UInt8> {
        total += bytes.count
        let fitting = bytes.prefix(max(0, headLimit - head.count))
        head += fitting
        let rest = bytes.dropFirst(fitting.count)
        guard keepsTail, !rest.isEmpty else { return fitting }
        tail += rest
        // Trimmed now and then, so that a long stream is not moved byte by byte.
        if tail.count > 2 * limit + 65_536 { tail.removeFirst(tail.count - limit / 2) }
        return fitting
    }

    /// What was kept.
    ///
    /// A cut never divides a UTF-8 sequence, and one in the middle says how much it left out.
    var captured: CapturedOutput {
        guard overflowed else { return CapturedOutput(bytes: head + tail, total: total) }
        let start = Self.cutBackwards(head[...])
        guard keepsTail else { return CapturedOutput(bytes: Array(start), truncated: true, total: total) }
        let end = Self.cutForwards(tail.suffix(limit / 2))
        let gap = "\n[… \(total - start.count - end.count) bytes left out …]\n"
        return CapturedOutput(bytes: start + Array(gap.utf8) + end, truncated: true, total: total)
    }

    /// Drops an unfinished sequence at the end; nothing, when the bytes are no UTF-8 anyway.
    ///
    static func cutBackwards(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        for length in 1...4 where length <= bytes.count {
            let byte = bytes[bytes.endIndex - length]
            if byte & 0b1100_0000 == 0b1000_0000 { continue }
            let expected =
                byte >= 0b1111_0000 ? 4 : byte >= 0b1110_0000 ? 3 : byte >= 0b1100_0000 ? 2 : 1
            return expected > length ? bytes.dropLast(length) : bytes
        }
        return bytes
    }

    /// Drops the rest of a sequence at the beginning.
    static func cutForwards(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        let continuation = bytes.prefix(3).prefix { $0 & 0b1100_0000 == 0b1000_0000 }
        return bytes.dropFirst(continuation.count)
    }
}
