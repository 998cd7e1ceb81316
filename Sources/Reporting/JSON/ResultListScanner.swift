/// Finds the results and the summary of a batch report, without reading what is in them.
///
/// Bytes go in as they are read; the ranges of what was found can be taken out at any time, so that the whole results
/// of a report that was cut off are found too.
struct ResultListScanner {
    /// Where each object of the `results` list lies, in bytes from the beginning of the file.
    private(set) var results: [Range<UInt64>] = []
    /// Where the `summary` object lies.
    private(set) var summary: Range<UInt64>?
    /// Whether the report's object was closed.
    private(set) var isComplete = false

    private var offset: UInt64 = 0
    private var depth = 0
    private var inString = false
    private var escaped = false
    /// The string being read at depth 1, and after its end the last one.
    private var key: [UInt8] = []
    private var start: UInt64 = 0

    private var isInResults: Bool { key.elementsEqual("results".utf8) }

    /// Reads the next bytes of the report.
    mutating func scan(_ bytes: some Sequence<UInt8>) {
        for byte in bytes {
            step(byte)
            offset += 1
        }
    }

    private mutating func step(_ byte: UInt8) {
        if inString { return stepInString(byte) }
        switch byte {
        case UInt8(ascii: "\""):
            inString = true
            if depth == 1 { key = [] }
        case UInt8(ascii: "{"), UInt8(ascii: "["):
            depth += 1
            // A result is an object in a list in the report; the summary is an object in the report.
            if depth == (isInResults ? 3 : 2) { start = offset }
        case UInt8(ascii: "}"), UInt8(ascii: "]"):
            depth -= 1
            close(byte)
        default: break
        }
    }

    private mutating func stepInString(_ byte: UInt8) {
        if escaped {
            escaped = false
        } else if byte == UInt8(ascii: "\\") {
            escaped = true
        } else if byte == UInt8(ascii: "\"") {
            inString = false
            return
        }
        if depth == 1 { key.append(byte) }
    }

    private mutating func close(_ byte: UInt8) {
        let range = start..<offset + 1
        switch depth {
        case 2 where isInResults && byte == UInt8(ascii: "}"): results.append(range)
        case 1 where key.elementsEqual("summary".utf8): summary = range
        case 0: isComplete = true
        default: break
        }
    }
}
