import Reporting
import RunClient
import SandboxModel

/// What an audit found in one program.
struct AuditReport {
    let findings: [AuditFinding]
    let program: Program

    /// The findings for people, each as compilers write theirs, with the line it speaks of.
    func lines(style: Style) -> [String] {
        guard !findings.isEmpty else { return ["Nothing suspicious was found."] }
        let source = String(decoding: program.source, as: UTF8.self)
            .split(separator: "\n", omittingEmptySubsequences: false)
        var lines: [String] = []
        for finding in findings {
            lines.append(FindingLine(finding, style: style).text)
            if source.indices.contains(finding.line - 1) {
                lines.append(style.dim("    " + String(source[finding.line - 1]).onOneLine))
            }
        }
        return lines + ["", "\(findings.count.of("finding"))"]
    }

    /// The findings as SARIF 2.1.0.
    var sarif: String {
        get throws {
            let sample = SampleResult(
                index: 0,
                description: program.sourceName ?? "program",
                hash: "",
                source: program.source,
                // The report is of samples that ran; of this one only the findings are read.
                result: ExecutionResult(
                    language: program.language,
                    verdict: .ok,
                    limits: Limits(),
                    isolation: Isolation(layers: []),
                ),
                passed: findings.isEmpty,
                auditFindings: findings,
            )
            var summary = BatchSummary(total: 1)
            summary.add(sample)
            return try SARIFReport().text(summary: summary, results: [sample])
        }
    }
}

/// One finding on one line: `main.py:3:1: high: … [B102 exec_used]`.
struct FindingLine {
    let text: String

    init(_ finding: AuditFinding, style: Style) {
        let place = "\(finding.path):\(finding.line)" + (finding.column.map { ":\($0)" } ?? "")
        let severity =
            switch finding.severity {
            case .high: style.red(finding.severity.rawValue)
            case .medium: style.yellow(finding.severity.rawValue)
            case .low: finding.severity.rawValue
            }
        let weakness = finding.weakness.map { ", CWE-\($0)" } ?? ""
        text =
            "\(place.onOneLine): \(severity): \(finding.message.onOneLine) "
            + style.dim("[\(finding.rule.onOneLine) \(finding.name.onOneLine)\(weakness)]")
    }
}
