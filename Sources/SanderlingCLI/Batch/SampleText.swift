import Reporting
import RunClient
import SandboxModel

/// A sample's result for people.
struct SampleText {
    private(set) var lines: [String]
    private let style: Style
    /// Whether a report holds what is left out here.
    private let isReported: Bool

    private static let outputLines = 10
    private static let outputColumns = 160

    /// The text of one sample of `total`.
    init(_ sample: SampleResult, total: Int, isReported: Bool, style: Style) {
        self.style = style
        self.isReported = isReported
        let number = style.dim("\(sample.index + 1)/\(total)")
        lines = ["\(style.mark(sample)) \(number) \(style.bold(sample.description.onOneLine))"]
        add(facts(of: sample))
        if let runs = sample.runs { add(Self.spread(runs)) }
        if sample.result.verdict != .ok, let message = sample.result.errorMessage { add(message.onOneLine) }
        for failure in sample.expectationFailures { add(style.red("✗ " + failure.onOneLine)) }
        addFindings(sample)
        addOutput(sample.result)
    }

    private mutating func add(_ line: String) { lines.append("    " + line) }

    private func facts(of sample: SampleResult) -> String {
        let result = sample.result
        let measured = result.measured
        var facts = [
            sample.passed && result.verdict != .ok
                ? style.green(result.verdict.rawValue + ", as expected") : style.verdict(result.verdict),
            [result.language, result.version].compactMap(\.self).joined(separator: " ").onOneLine,
            (measured.stage == .compile ? "compiling took " : "") + measured.usage.wallTime.readable,
            "CPU \(measured.usage.cpuTime.readable)",
            "peak \(measured.usage.memory.readable)",
        ]
        if let compile = result.compile, measured.stage == .run {
            let fact = compile.cached ? "compiled before" : "compiled in \(compile.usage.wallTime.readable)"
            facts.insert(fact, at: 2)
        }
        if sample.resumed { facts.append("from an earlier report") }
        if result.isolation.enforcement == .partial {
            let missing = result.isolation.missing.map(\.rawValue).joined(separator: ", ")
            facts.append(style.yellow("isolation partial, without \(missing)"))
        }
        if result.isolation.network == .host { facts.append(style.yellow("shares the host's network")) }
        return facts.joined(separator: style.dim(" · "))
    }

    private static func spread(_ runs: RunSpread) -> String {
        var text = "\(runs.count.of("run")), \(runs.passed) passed"
        text += "; \(runs.minimum.readable), \(runs.median.readable), \(runs.maximum.readable)"
        text += " (least, median, greatest)"
        guard runs.flaky else { return text }
        let verdicts = Set(runs.verdicts).map { verdict in
            "\(runs.verdicts.count { $0 == verdict }) × \(verdict.rawValue)"
        }
        text +=
            "; flaky: \(runs.distinctOutcomes.of("outcome")), \(verdicts.sorted().joined(separator: ", "))"
        return text
    }

    private mutating func addFindings(_ sample: SampleResult) {
        for violation in sample.result.violations.prefix(5) { add("refused: \(violation.phrase.onOneLine)") }
        let further = sample.result.violations.count - 5
        if further > 0 { add(style.dim("… \(further) more refused" + where_)) }
        for hit in sample.result.limitsHit where sample.result.verdict == .ok {
            add("reached its limit: \(hit.limit.rawValue)")
        }
        for finding in sample.auditFindings.prefix(5) {
            add("audit: " + FindingLine(finding, style: style).text)
        }
    }

    private mutating func addOutput(_ result: ExecutionResult) {
        if let compile = result.compile, result.verdict == .compileFailed {
            add(compile.stdout.bytes + compile.stderr.bytes, bar: "┆", keeping: .head)
        }
        add(result.stdout.bytes, bar: "│", keeping: .head)
        add(result.stderr.bytes, bar: "┆", keeping: .tail)
    }

    private mutating func add(_ output: [UInt8], bar: String, keeping end: OutputExcerpt.End) {
        let excerpt = OutputExcerpt(
            output,
            keeping: end,
            limit: Self.outputLines,
            columns: Self.outputColumns,
        )
        let note = style.dim("… \(excerpt.omitted.of("more line"))" + where_)
        if excerpt.omitted > 0, end == .tail { add("\(style.dim(bar)) \(note)") }
        for line in excerpt.lines { add("\(style.dim(bar)) \(line)") }
        if excerpt.omitted > 0, end == .head { add("\(style.dim(bar)) \(note)") }
    }

    private var where_: String { isReported ? " in the report" : "" }
}

extension Style {
    /// The sign before a sample: whether it met its expectation.
    func mark(_ sample: SampleResult) -> String {
        if sample.passed { return green("✓") }
        return sample.result.verdict == .cancelled ? yellow("■") : red("✗")
    }
}
