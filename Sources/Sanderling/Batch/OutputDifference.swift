import SandboxModel

/// The first place where an output is not what was expected.
struct OutputDifference: CustomStringConvertible {
    /// The sentence's end that says what differs there.
    let description: String

    /// Compares two outputs, each without one newline at its end; `nil` when they are the same.
    init?(expected: [UInt8], actual: [UInt8]) {
        let (wanted, got) = (Self.withoutFinalNewline(expected), Self.withoutFinalNewline(actual))
        guard !wanted.elementsEqual(got) else { return nil }
        let common = zip(wanted, got).prefix { $0 == $1 }.count
        let before = wanted.prefix(common)
        let lineStart = before.lastIndex(of: Self.newline).map { $0 + 1 } ?? 0
        let place = "line \(before.count { $0 == Self.newline } + 1), column \(common - lineStart + 1)"
        if common == got.count {
            description = "ends at \(place), before the expected \(Self.shown(wanted[common...]))"
        } else if common == wanted.count {
            description = "goes on at \(place), with \(Self.shown(got[common...]))"
        } else {
            // Long lines are shown around the difference, so that it is in sight.
            let from = max(lineStart, common - 20)
            description =
                "differs at \(place): expected \(Self.shown(Self.line(of: wanted, from: from, through: common))), "
                + "got \(Self.shown(Self.line(of: got, from: from, through: common)))"
        }
    }

    private static let newline = UInt8(ascii: "\n")

    private static func withoutFinalNewline(_ bytes: [UInt8]) -> ArraySlice<UInt8> {
        bytes.last == newline ? bytes.dropLast() : bytes[...]
    }

    /// The bytes from `start` to the end of the line that has the difference.
    private static func line(of bytes: ArraySlice<UInt8>, from start: Int, through place: Int) -> ArraySlice<
        UInt8
    > {
        let end = bytes[place...].firstIndex(of: newline) ?? bytes.endIndex
        return bytes[start..<end]
    }

    private static func shown(_ bytes: ArraySlice<UInt8>) -> String {
        String(decoding: bytes.prefix(80), as: UTF8.self).quoted
    }
}
