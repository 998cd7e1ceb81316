public import SandboxModel

/// Comma-separated values (RFC 4180): a row for each sample, times in seconds, sizes in bytes.
///
/// Times, sizes and limits are those of the run stage, or of the compile stage where nothing was run; `measured_stage`
/// says which.
///
/// A cell that a spreadsheet would run as a formula begins with an apostrophe, which makes it text
/// (OWASP, "CSV Injection").
public struct CSVReport: Report {
    /// The names of the columns, in the first row.
    private static let columns = [
        "index", "description", "language", "version", "verdict", "status", "passed", "exit_code", "signal",
        "execution_time", "cpu_time", "memory", "processes", "output", "disk", "wall_time_limit",
        "cpu_time_limit",
        "memory_limit", "limits_hit", "violations", "evidence", "error_message", "measured_stage",
    ]

    /// A report.
    public init() {}

    /// Writes the table.
    ///
    /// - Throws: What `results` and `output` throw.
    public func write(
        summary: BatchSummary,
        results: (_ body: (SampleResult) throws -> Void) throws -> Void,
        to output: @escaping (String) throws -> Void,
    ) throws {
        try output(row(Self.columns))
        try results { try output(row(cells($0))) }
    }

    private func cells(_ sample: SampleResult) -> [String] {
        let result = sample.result
        let measured = result.measured
        let (usage, limits) = (measured.usage, measured.limits)
        return [
            "\(sample.index)", text(sample.description), text(result.language), text(result.version ?? ""),
            result.verdict.rawValue, result.verdict.status.rawValue, "\(sample.passed)", "\(result.exitCode)",
            result.termination?.signal.map { "\($0)" } ?? "", usage.wallTime.decimalSeconds,
            usage.cpuTime.decimalSeconds, "\(usage.memory.bytes)", "\(usage.processes)",
            "\(usage.output.bytes)",
            "\(usage.disk.bytes)", limits.wallTime.decimalSeconds, limits.cpuTime.decimalSeconds,
            "\(limits.memory.bytes)", result.limitsHit.map(\.limit.rawValue).joined(separator: " "),
            text(result.violations.map(\.phrase).joined(separator: "; ")),
            text(result.evidence?.phrase ?? ""),
            text(result.errorMessage ?? ""), measured.stage.rawValue,
        ]
    }

    /// Text from outside, on one line, which no spreadsheet takes for a formula.
    private func text(_ text: String) -> String {
        // Spaces and tabs do not help: some spreadsheets trim a cell before they look at its first character.
        let line = TerminalText.inert(text).replacing("\n", with: " ").replacing("\t", with: " ")
        guard let first = line.first(where: { !$0.isWhitespace }),
            "=+-@\u{FF1D}\u{FF0B}\u{FF0D}\u{FF20}".contains(first)
        else { return line }
        return "'" + line
    }

    private func row(_ cells: [String]) -> String {
        cells.map { cell in
            cell.contains { ",\"\r\n".contains($0) } ? "\"\(cell.replacing("\"", with: "\"\""))\"" : cell
        }
        .joined(separator: ",") + "\r\n"
    }
}
