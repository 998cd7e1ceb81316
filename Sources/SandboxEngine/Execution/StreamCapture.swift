import SandboxModel

/// Keeps what fits of one output stream: its head, and its tail when the limit truncates instead of killing.
struct StreamCapture {
    private let limit: Int
    private let keepsTail: Bool
    private var head: [UInt8] = []
    private var tail: [UInt8] = []
    private(set) var total = 0
    /// How much those who watch live have been told.
    private var told = 0

    /// A capture of at most `limit` bytes.
    init(limit: ByteCount, overflow: OutputOverflow) {
        self.limit = limit.bytes
        keepsTail = overflow == .truncate
    }

    /// Whether more was written than is kept.
    var overflowed: Bool { total > limit }

    private var headLimit: Int { keepsTail ? limit - limit / 2 : limit }

    /// Takes what was read and returns what those who watch live are told of it: everything up to the limit.
    mutating func take(_ bytes: [UInt8]) -> ArraySlice<UInt8> {
        total += bytes.count
        let fresh = bytes.prefix(limit - told)
        told += fresh.count
        let fitting = bytes.prefix(max(0, headLimit - head.count))
        head += fitting
        guard keepsTail else { return fresh }
        tail += bytes.dropFirst(fitting.count)
        // Trimmed now and then, so that a long stream is not moved byte by byte.
        if tail.count > 2 * limit + 65_536 { tail.removeFirst(tail.count - limit / 2) }
        return fresh
    }

    /// What those who watch live have yet to be told at the stream's end: how much was left out, and the tail.
    var closing: [UInt8] {
        guard overflowed, keepsTail else { return [] }
        let end = Self.cutForwards(tail.suffix(min(limit / 2, total - told)))
        return Self.gap(total - told - end.count) + end
    }

    /// What was kept.
    ///
    /// A cut never divides a UTF-8 sequence, and one in the middle says how much it left out.
    var captured: CapturedOutput {
        guard overflowed else { return CapturedOutput(bytes: head + tail, total: total) }
        let start = Self.cutBackwards(head[...])
        guard keepsTail else { return CapturedOutput(bytes: Array(start), truncated: true, total: total) }
        let end = Self.cutForwards(tail.suffix(limit / 2))
        let gap = Self.gap(total - start.count - end.count)
        return CapturedOutput(bytes: start + gap + end, truncated: true, total: total)
    }

    private static func gap(_ count: Int) -> [UInt8] {
        count > 0 ? Array("\n[… \(count) bytes left out …]\n".utf8) : []
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
