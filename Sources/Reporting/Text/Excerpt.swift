/// As much of a text as a report has room for: all of it, or its head and its tail.
struct Excerpt {
    /// The beginning, or everything.
    let head: String
    /// The end, when something was left out.
    let tail: String
    /// How many bytes were left out between the two.
    let omitted: Int

    /// The excerpt of `bytes` in at most `limit` bytes, cut between scalars; three quarters of them are the head.
    init(_ bytes: [UInt8], limit: Int) {
        guard bytes.count > limit else {
            head = String(decoding: bytes, as: UTF8.self)
            tail = ""
            omitted = 0
            return
        }
        var headEnd = limit / 4 * 3
        while headEnd > 0, bytes[headEnd].continuesScalar { headEnd -= 1 }
        var tailStart = bytes.count - limit / 4
        while tailStart < bytes.count, bytes[tailStart].continuesScalar { tailStart += 1 }
        head = String(decoding: bytes[..<headEnd], as: UTF8.self)
        tail = String(decoding: bytes[tailStart...], as: UTF8.self)
        omitted = tailStart - headEnd
    }
}

extension String {
    /// The text in at most so many characters, with an ellipsis for what was left out.
    func shortened(to limit: Int) -> String { count > limit ? prefix(limit - 1) + "…" : self }
}

extension UInt8 {
    fileprivate var continuesScalar: Bool { self & 0xC0 == 0x80 }
}
