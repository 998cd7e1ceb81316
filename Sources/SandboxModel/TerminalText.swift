/// Makes a program's output safe to print on a terminal, chunk by chunk.
///
/// Whatever a terminal would obey is shown instead: escape as `␛`, the other controls as their pictures, directional
/// overrides and invisible format characters by number. Line feeds and tabs stay; a carriage return stays only as
/// part of a line end, as it could otherwise overwrite what was printed before. Bytes that are not UTF-8 become U+FFFD.
public struct TerminalText: Sendable {
    /// Bytes at the end of the last chunk that may be the beginning of a scalar.
    private var cut: [UInt8] = []
    /// Whether the last chunk ended in a carriage return whose line feed may still come.
    private var returnHeld = false

    /// A filter at the beginning of a stream.
    public init() {}

    /// The inert form of a whole text.
    public static func inert(_ text: String) -> String {
        var filter = TerminalText()
        return filter.inert(text.utf8) + filter.finish()
    }

    /// The inert form of the next chunk; a scalar cut at its end comes with the chunk that completes it.
    public mutating func inert(_ chunk: some Sequence<UInt8>) -> String {
        var bytes = cut
        bytes.append(contentsOf: chunk)
        let held = Self.lengthOfCutScalar(in: bytes)
        cut = Array(bytes.suffix(held))
        return show(String(decoding: bytes.dropLast(held), as: UTF8.self))
    }

    /// What was held back for a chunk that never came.
    public mutating func finish() -> String {
        var rest = show(String(decoding: cut, as: UTF8.self))
        if returnHeld { rest += "\u{240D}" }
        self = TerminalText()
        return rest
    }

    private mutating func show(_ text: String) -> String {
        var shown = ""
        shown.reserveCapacity(text.utf8.count)
        for scalar in text.unicodeScalars {
            if returnHeld {
                returnHeld = false
                if scalar != "\n" { shown += "\u{240D}" }
            }
            if scalar == "\r" {
                returnHeld = true
            } else if let visible = scalar.visibleForm {
                shown += visible
            } else {
                shown.unicodeScalars.append(scalar)
            }
        }
        return shown
    }

    /// How many bytes at the end begin a scalar that is not complete.
    private static func lengthOfCutScalar(in bytes: [UInt8]) -> Int {
        for (distance, byte) in bytes.suffix(3).reversed().enumerated() {
            let length =
                switch byte {
                case 0xC2...0xDF: 2
                case 0xE0...0xEF: 3
                case 0xF0...0xF4: 4
                case 0x80...0xBF: 0  // a continuation: its lead byte lies further back
                default: 1
                }
            if length > 0 { return length > distance + 1 ? distance + 1 : 0 }
        }
        return 0
    }
}
