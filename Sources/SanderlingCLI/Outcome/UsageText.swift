/// What is said of a command line that cannot be parsed.
struct UsageText {
    let text: String

    /// The parser's message, without a suggestion that is too far from what was written.
    ///
    /// The parser suggests whatever three edits lead to, which makes `--code` of `--foo`. Its errors are not public, so
    /// their text is all there is to look at.
    init(_ message: String) {
        let suggestion = /(Unknown option '--([^']+)')\. Did you mean '--([^']+)'\?/
        text = message.replacing(suggestion) { match in
            let edits = match.2.difference(from: match.3).count
            return edits <= max(1, match.2.count / 2) ? match.0 : match.1
        }
    }
}
