public import SandboxModel

/// Markdown to paste into a conversation or a job's summary: the counts, a table, and what went wrong.
public struct MarkdownReport: Report {
    /// Bytes kept of each output stream of a sample that did not pass.
    private static let outputLimit = 2_000
    /// Most rows of the table; conversations refuse longer texts.
    private static let mostRows = 500
    /// Most samples told about below the table.
    private static let mostFailures = 50

    /// The heading.
    public var title: String

    /// A report under `title`.
    public init(title: String = "Sandboxed batch") {
        self.title = title
    }

    /// Writes the text.
    ///
    /// - Throws: What `results` and `output` throw.
    public func write(
        summary: BatchSummary,
        results: (_ body: (SampleResult) throws -> Void) throws -> Void,
        to output: @escaping (String) throws -> Void,
    ) throws {
        try output(
            """
            # \(title.markdown)

            \(summary.passed) of \(summary.total) samples passed (\(percent(summary.successRate)) of those that \
            finished; \(percent(summary.failureRate)) failed) in \(summary.wallTime.readable), with \
            \(summary.cpuTime.readable) of processor time and at most \(summary.peakMemory.readable) of memory.

            |  | # | Sample | Language | Verdict | Time | CPU | Memory |
            |---|---:|---|---|---|---:|---:|---:|

            """
        )
        var count = 0
        var failed = 0
        var failures: [String] = []
        try results { sample in
            count += 1
            if count <= Self.mostRows { try output(row(sample)) }
            guard !sample.passed else { return }
            failed += 1
            if failures.count < Self.mostFailures { failures.append(failure(sample)) }
        }
        if count > Self.mostRows {
            try output("\n\(count - Self.mostRows) more samples are in the JSON report.\n")
        }
        guard failed > 0 else { return }
        try output("\n## Did not pass\n")
        for failure in failures { try output(failure) }
        if failed > failures.count {
            try output("\n\(failed - failures.count) more are in the JSON report.\n")
        }
    }

    private func row(_ sample: SampleResult) -> String {
        let result = sample.result
        let usage = result.measured.usage
        let note = result.measured.note
        return """
            | \(sample.passed ? "✓" : "✗") | \(sample.index + 1) | \(sample.description.markdown) \
            | \(result.language.markdown) | \(result.verdict.phrase) | \(usage.wallTime.readable)\(note.isEmpty ? "" : " (\(note))") \
            | \(usage.cpuTime.readable) | \(usage.memory.readable) |

            """
    }

    private func failure(_ sample: SampleResult) -> String {
        let result = sample.result
        let reasons = sample.expectationFailures + [result.errorMessage].compactMap(\.self)
        let lines = reasons.map { "- \($0.markdown)\n" }.joined()
        let evidence = result.evidence.map { "- evidence: \($0.phrase.markdown)\n" } ?? ""
        return """

            ### \(sample.index + 1). \(sample.description.markdown)

            \(lines)\(evidence)\(block(result.stdout))\(block(result.stderr))
            """
    }

    /// Output in a fence longer than any run of backticks in it, so that it cannot end the fence.
    private func block(_ output: CapturedOutput) -> String {
        guard !output.bytes.isEmpty else { return "" }
        let excerpt = Excerpt(output.bytes, limit: Self.outputLimit)
        let gap = excerpt.omitted > 0 ? "\n[\(excerpt.omitted) bytes left out]\n" : ""
        let text = TerminalText.inert(excerpt.head + gap + excerpt.tail)
        let longest = text.split { $0 != "`" }.map(\.count).max() ?? 0
        #if SANDERLING_SABOTAGE
        let fence = String(repeating: "`", count: Sabotage.leavesOut("escaping") ? 3 : max(3, longest + 1))
        #else
        let fence = String(repeating: "`", count: max(3, longest + 1))
        #endif
        return "\n\(fence)text\n\(text)\(text.hasSuffix("\n") ? "" : "\n")\(fence)\n"
    }
}

extension String {
    /// The text on one line, with everything escaped that Markdown, or HTML in it, gives a meaning to.
    fileprivate var markdown: String {
        var escaped = ""
        for character in TerminalText.inert(self).unicodeScalars {
            switch character {
            case "\n", "\t": escaped += " "
            case "&": escaped += "&amp;"
            case "<": escaped += "&lt;"
            case ">": escaped += "&gt;"
            // A mention would call somebody, an address would become a link.
            case "@": escaped += "&#64;"
            case ":": escaped += "&#58;"
            case "\\", "`", "*", "_", "{", "}", "[", "]", "(", ")", "#", "+", "-", "!", "|", "~", "$", "^",
                "=":
                escaped += "\\\(character)"
            default: escaped.unicodeScalars.append(character)
            }
        }
        return escaped
    }
}
