import SandboxModel

/// A few lines of a program's output, made inert.
struct OutputExcerpt {
    /// Which end of a long output matters.
    enum End {
        case head, tail
    }

    /// The lines shown.
    let lines: [String]
    /// How many lines were left out.
    let omitted: Int

    /// At most `limit` lines of `bytes`, each at most `columns` wide.
    init(_ bytes: [UInt8], keeping end: End, limit: Int, columns: Int) {
        var rows = bytes.split(separator: 0x0A, omittingEmptySubsequences: false)
        if rows.last?.isEmpty == true { rows.removeLast() }
        let kept = end == .head ? rows.prefix(limit) : rows.suffix(limit)
        omitted = rows.count - kept.count
        // Four bytes for each column are as long as UTF-8 gets; what lies beyond would be clipped anyway.
        lines = kept.map { row in
            let text = String(decoding: row.prefix(columns * 4 + 4), as: UTF8.self)
            return TerminalText.inert(text.hasSuffix("\r") ? String(text.dropLast()) : text)
                .replacing("\t", with: "    ").clipped(to: columns)
        }
    }
}
