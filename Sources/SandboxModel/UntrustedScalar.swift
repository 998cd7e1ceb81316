extension Unicode.Scalar {
    /// What to show in place of a scalar that could steer a terminal, hide itself or reorder the text around it.
    ///
    /// `nil` for a scalar that is harmless as it is, line feed and tab included. Control characters become their pictures
    /// (U+2400 and on); the rest, such as the directional overrides of "Trojan Source" (CVE-2021-42574), their numbers.
    /// The joiners U+200C and U+200D stay: scripts and emoji are spelled with them, and they move nothing.
    package var visibleForm: String? {
        #if SANDERLING_SABOTAGE
        if Sabotage.leavesOut("escaping") { return nil }
        #endif
        return switch value {
        case 0x20...0x7E, 0x09, 0x0A, 0x200C, 0x200D: nil
        case 0x00...0x1F: Unicode.Scalar(0x2400 + value).map { String($0) }
        case 0x7F: "\u{2421}"
        case 0x80...0x9F: numberedForm
        default:
            switch properties.generalCategory {
            case .format, .lineSeparator, .paragraphSeparator: numberedForm
            default: nil
            }
        }
    }

    private var numberedForm: String {
        let digits = String(value, radix: 16, uppercase: true)
        let padding = String(repeating: "0", count: max(0, 4 - digits.count))
        return "\u{27E8}U+\(padding)\(digits)\u{27E9}"
    }
}
