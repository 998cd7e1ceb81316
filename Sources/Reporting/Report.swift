public import SandboxModel

/// A form in which a batch can be reported, besides its JSON.
///
/// Results are asked for once, in order, one at a time, so that a batch of any size is reported in bounded memory.
public protocol Report {
    /// Writes the report, piece by piece.
    ///
    /// - Parameters:
    ///   - summary: The batch's counts.
    ///   - results: Calls its argument with each result: ``BatchReportReader/forEach(_:)``, or `forEach` of an array.
    ///   - output: Takes each piece: ``ReportFile/write(_:)``.
    /// - Throws: What `results` and `output` throw.
    func write(
        summary: BatchSummary,
        results: (_ body: (SampleResult) throws -> Void) throws -> Void,
        to output: @escaping (String) throws -> Void,
    ) throws
}

extension Report {
    /// The whole report as text, for batches that fit in memory.
    ///
    /// - Throws: What the report's own `write` does; nothing for the formats of this module.
    public func text(summary: BatchSummary, results: some Sequence<SampleResult>) throws -> String {
        var text = ""
        try write(summary: summary, results: { try results.forEach($0) }, to: { text += $0 })
        return text
    }
}

/// The formats of a batch's report, by name.
public enum ReportFormat: String, Sendable, Hashable, CaseIterable {
    /// One self-contained page: ``HTMLReport``.
    case html
    /// Test results for continuous integration: ``JUnitReport``.
    case junit
    /// A row for each sample: ``CSVReport``.
    case csv
    /// A summary to paste into a conversation: ``MarkdownReport``.
    case markdown
    /// Findings for code-scanning tools: ``SARIFReport``.
    case sarif

    /// The report itself.
    public var report: any Report {
        switch self {
        case .html: HTMLReport()
        case .junit: JUnitReport()
        case .csv: CSVReport()
        case .markdown: MarkdownReport()
        case .sarif: SARIFReport()
        }
    }
}
