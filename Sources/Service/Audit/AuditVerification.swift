import Foundation

/// What checking an audit log's chain comes to.
package struct AuditVerification: Sendable, Hashable {
    /// How many lines fit.
    package var lines = 0
    /// The first thing that is wrong, or `nil`.
    package var fault: String?

    /// Reads the log at `path` and compares its end with what the database knows of it.
    ///
    /// The last line may be beyond `head`: a process that was killed has not told the database any more.
    ///
    /// - Throws: The system's error when the file cannot be read.
    package init(path: String, head: AuditHead) throws {
        var last = AuditHead.empty
        var fault: String?
        var hasSeenHead = head.number == 0
        if FileManager.default.fileExists(atPath: path) || head.number > 0 {
            try Self.forEachLine(of: path) { line, _ in
                switch AuditLine.read(line) {
                case .failure(.unreadable):
                    fault = "line \(last.number + 1) is not a line of an audit log"
                case .failure(.changed(let number)):
                    fault =
                        "line \(last.number + 1), numbered \(number), was changed: its hash is not that of what it says"
                case .success(let chain) where chain.number != last.number + 1 || chain.previous != last.hash:
                    fault =
                        "line \(last.number + 1) was removed, or another put in its place: "
                        + "the next is numbered \(chain.number) and does not follow"
                case .success(let chain):
                    last = AuditHead(number: chain.number, hash: chain.hash)
                    if last.number == head.number { hasSeenHead = last.hash == head.hash }
                }
                return fault == nil
            }
        }
        if fault == nil, last.number < head.number {
            fault =
                "the last \(head.number - last.number) lines were removed: the database knows of \(head.number)"
        } else if fault == nil, !hasSeenHead {
            fault = "line \(head.number) is another than the database knows of: the log was written anew"
        }
        lines = last.number
        self.fault = fault
    }

    /// Calls `body` with each whole line and the offset of its end, until it says `false`.
    static func forEachLine(of path: String, _ body: (Data, UInt64) throws -> Bool) throws {
        let handle = try FileHandle(forReadingFrom: URL(fileURLWithPath: path))
        defer { try? handle.close() }
        var rest = Data()
        var end = UInt64(0)
        while let chunk = try handle.read(upToCount: 1 << 20), !chunk.isEmpty {
            rest += chunk
            while let newline = rest.firstIndex(of: 0x0A) {
                let line = Data(rest[rest.startIndex..<newline])
                end += UInt64(line.count + 1)
                guard try body(line, end) else { return }
                rest = rest[rest.index(after: newline)...]
            }
            rest = Data(rest)
        }
    }
}
