import Foundation
import Reporting
import RunClient
import SandboxModel

/// The end of a batch for people: counts, rates, and where the reports are.
struct SummaryText {
    private(set) var lines: [String] = []

    /// The text of a summary and the reports that were written.
    init(_ summary: BatchSummary, reports: [(form: String, path: String)], style: Style) {
        let title = "\(summary.total.of("sample")) in \(summary.wallTime.readable)"
        lines.append(style.bold(summary.interrupted ? title + ", interrupted" : title))
        addRates(summary, style: style)
        addSkipped(summary, style: style)
        addTables(summary, style: style)
        lines.append("")
        lines.append("CPU \(summary.cpuTime.readable) in all, peak memory \(summary.peakMemory.readable)")
        guard !reports.isEmpty else { return }
        lines.append("")
        let width = reports.map { $0.form.displayWidth }.max() ?? 0
        for report in reports {
            lines.append("\(style.dim(report.form.padded(to: width)))  \(Self.shown(report.path))")
        }
    }

    private mutating func addRates(_ summary: BatchSummary, style: Style) {
        let passed = "\(summary.passed) passed (success rate \(Self.percent(summary.successRate)))"
        let failed = "\(summary.failed) failed (failure rate \(Self.percent(summary.failureRate)))"
        lines.append(style.green(passed))
        lines.append(summary.failed > 0 ? style.red(failed) : failed)
        let further = [
            (summary.cancelled, "cancelled"), (summary.notStarted, "not started"),
            (summary.resumed, "taken from an earlier report"), (summary.flaky, "flaky"),
        ]
        for (count, name) in further where count > 0 { lines.append(style.yellow("\(count) \(name)")) }
    }

    private mutating func addSkipped(_ summary: BatchSummary, style: Style) {
        guard !summary.skipped.isEmpty else { return }
        lines.append(style.yellow("\(summary.skipped.count) skipped"))
        for sample in summary.skipped {
            lines.append("    \(sample.description.onOneLine): \(style.dim(sample.reason.onOneLine))")
        }
    }

    private mutating func addTables(_ summary: BatchSummary, style: Style) {
        lines.append("")
        var verdicts = TextTable([("VERDICT", .left), ("SAMPLES", .right)], style: style)
        for verdict in Verdict.allCases {
            guard let count = summary.verdicts[verdict] else { continue }
            verdicts.add([.init(verdict.rawValue, verdict.emphasis), .init("\(count)")])
        }
        lines += verdicts.lines
        lines.append("")
        var languages = TextTable(
            [("LANGUAGE", .left), ("SAMPLES", .right), ("PASSED", .right)],
            style: style,
        )
        for (name, tally) in summary.languages.sorted(by: { $0.key < $1.key }) {
            languages.add([
                .init(name), .init("\(tally.total)"),
                .init("\(tally.passed)", tally.passed == tally.total ? .none : .red),
            ])
        }
        lines += languages.lines
    }

    private static func percent(_ rate: Double) -> String {
        // All and none are said only when it is so.
        let tenths = rate == 1 ? 1_000 : min(999, max(rate == 0 ? 0 : 1, Int((rate * 1_000).rounded())))
        return tenths % 10 == 0 ? "\(tenths / 10) %" : "\(tenths / 10).\(tenths % 10) %"
    }

    /// A path as a person would type it here.
    private static func shown(_ path: String) -> String {
        let here = FileManager.default.currentDirectoryPath + "/"
        return path.hasPrefix(here) && path != here ? String(path.dropFirst(here.count)) : path
    }
}
