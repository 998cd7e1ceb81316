import SandboxModel

extension String {
    /// The text on one line, with nothing in it that a terminal would obey.
    package var onOneLine: String {
        TerminalText.inert(self).replacing("\n", with: "␊").replacing("\t", with: " ")
    }
}
