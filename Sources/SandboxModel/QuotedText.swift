extension StringProtocol {
    /// The text in single quotes, fit for one line of a message: control characters escaped, long texts cut.
    package var quoted: String {
        var shown = ""
        for (position, scalar) in unicodeScalars.enumerated() {
            guard position < 60 else {
                shown += "…"
                break
            }
            shown +=
                scalar.properties.generalCategory == .control
                ? scalar.escaped(asASCII: true) : String(Character(scalar))
        }
        return "'\(shown)'"
    }
}
