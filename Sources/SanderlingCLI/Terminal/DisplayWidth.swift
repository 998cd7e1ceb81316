extension StringProtocol {
    /// How many columns the text takes on a terminal, as near as can be told without asking it.
    var displayWidth: Int { unicodeScalars.reduce(0) { $0 + $1.displayWidth } }

    /// The text in at most `columns` columns, its end replaced by an ellipsis when it is longer.
    func clipped(to columns: Int) -> String {
        guard displayWidth > columns else { return String(self) }
        var (clipped, width) = ("", 0)
        for character in self {
            let next = String(character).displayWidth
            guard width + next < columns else { break }
            clipped.append(character)
            width += next
        }
        return clipped + "…"
    }

    /// The text followed by blanks up to `columns`.
    func padded(to columns: Int) -> String {
        String(self) + String(repeating: " ", count: Swift.max(0, columns - displayWidth))
    }

    /// The text after blanks up to `columns`.
    func paddedLeft(to columns: Int) -> String {
        String(repeating: " ", count: Swift.max(0, columns - displayWidth)) + String(self)
    }
}

extension Unicode.Scalar {
    /// Columns: none for marks, two for the wide blocks of East Asian scripts and emoji (Unicode UAX #11).
    fileprivate var displayWidth: Int {
        switch properties.generalCategory {
        case .nonspacingMark, .enclosingMark, .format, .control: return 0
        default: break
        }
        return switch value {
        case 0x1100...0x115F, 0x2E80...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE4F,
            0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1F64F, 0x1F680...0x1F6FF, 0x1F900...0x1F9FF,
            0x20000...0x3FFFD:
            2
        default: 1
        }
    }
}
