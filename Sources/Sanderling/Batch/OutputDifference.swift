import SandboxModel

/// The first place where an output is not what was expected.
struct OutputDifference: CustomStringConvertible {
    /// The line, from 1.
    let line: Int
    /// The column, from 1, in bytes.
    let column: Int
    /// The expected line, or `nil` when the expected output ends before it.
    let expected: String?
    /// The line that was written, or `nil` when the output ends before it.
    let actual: String?

    /// Compares two outputs; `nil` when they are the same, but for one newline at the end of either.
    init?(expected: [UInt8], actual: [UInt8]) {
        let (wanted, got) = (Self.withoutFinalNewline(expected), Self.withoutFinalNewline(actual))
        guard !wanted.elementsEqual(got) else { return nil }
        let common = zip(wanted, got).prefix { $0 == $1 }.count
        let before = wanted.prefix(common)
        let lineStart = before.lastIndex(of: Self.newline).map { $0 + 1 } ?? wanted.startIndex
        line = before.count { $0 == Self.newline } + 1
        column = common - lineStart + 1
        self.expected = Self.line(of: wanted, from: lineStart, beyond: common)
        self.actual = Self.line(of: got, from: lineStart, beyond: common)
    }

    var description: String {
        switch (expected, actual) {
        case (let expected?, let actual?):
            "differs at line \(line), column \(column): expected \(expected.quoted), got \(actual.quoted)"
        case (let expected?, nil):
            "ends at line \(line), column \(column), where \(expected.quoted) was expected"
        default:
            "goes on at line \(line), column \(column), with \((actual ?? "").quoted)"
        }
    }

    private static let newline = UInt8(ascii: "\n")

    private static func withoutFinalNewline(_ bytes: [UInt8]) -> ArraySlice<UInt8> {
        bytes.last == newline ? bytes.dropLast() : bytes[...]
    }

    /// The line that begins at `start`, or `nil` when the output ends at the point of difference.
    private static func line(of bytes: ArraySlice<UInt8>, from start: Int, beyond difference: Int) -> String?
    {
        guard bytes.count > difference else { return nil }
        // Long lines are shown around the difference, so that it is in sight.
        let shown = bytes[max(start, difference - 20)...]
        let end = shown[difference...].firstIndex(of: newline) ?? shown.endIndex
        return String(decoding: shown[..<end].prefix(80), as: UTF8.self)
    }
}
