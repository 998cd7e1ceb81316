import SandboxModel

/// The top of the page: how the batch went, in numbers, by verdict and by language.
struct SummarySection {
    let summary: BatchSummary

    var html: HTML {
        """
        <section class="tiles" aria-label="Summary">
        \(tile("Success rate", percent(summary.successRate), "\(summary.passed) of \(summary.finished) passed"))
        \(tile("Failure rate", percent(summary.failureRate), "\(summary.failed) of \(summary.finished) failed"))
        \(tile("Real time", summary.wallTime.readable, processorTime))
        \(tile("Peak memory", summary.peakMemory.readable, "largest single sample"))
        </section>
        \(notices)
        <div class="pair">
        <section><h2>Verdicts</h2>\(verdictBar)\(verdictLegend)</section>
        <section><h2>Languages</h2>\(languages)</section>
        </div>
        """
    }

    /// The page's headline.
    var headline: String {
        let counts = "\(summary.passed) of \(summary.total) samples met their expectation"
        return summary.allPassed && summary.total > 0
            ? "All \(summary.total) samples met their expectation" : counts
    }

    /// Results that were taken over have their processor time in the sum, though this batch did not spend it.
    private var processorTime: String {
        let time = "\(summary.cpuTime.readable) on processors"
        guard summary.resumed > 0 else { return time }
        return summary.resumed == summary.finished
            ? "\(time), earlier" : "\(time), some earlier"
    }

    private func tile(_ name: String, _ value: String, _ note: String) -> HTML {
        "<div><span>\(name)</span><b>\(value)</b><small>\(note)</small></div>"
    }

    private var notices: HTML {
        var notes: [String] = []
        if summary.interrupted {
            notes.append(
                "The batch was interrupted: \(samples(summary.cancelled)) running, "
                    + "\(samples(summary.notStarted)) never started."
            )
        }
        if summary.resumed > 0 {
            notes.append("The results of \(samples(summary.resumed)) come from an earlier report.")
        }
        if summary.flaky > 0 {
            notes.append("\(samples(summary.flaky)) did not end the same way every time.")
        }
        return .joined(notes.map { "<p class=\"note\">\($0)</p>" })
    }

    private func samples(_ count: Int) -> String { count == 1 ? "1 sample" : "\(count) samples" }

    private var counts: [(verdict: Verdict, count: Int)] {
        Verdict.allCases.compactMap { verdict in
            summary.verdicts[verdict].map { (verdict, $0) }
        }
    }

    private var total: Int { max(1, counts.reduce(0) { $0 + $1.count }) }

    private var verdictBar: HTML {
        var left = 0.0
        let segments = counts.map { verdict, count -> HTML in
            let width = Double(count) * 100 / Double(total)
            defer { left += width }
            return """
                <rect class="\(verdict.colorClass)" x="\(left)%" width="\(width)%" height="100%">\
                <title>\(verdict.phrase): \(count)</title></rect>
                """
        }
        let label = counts.map { "\($0.count) \($0.verdict.phrase)" }.joined(separator: ", ")
        return """
            <svg class="stack" width="100%" height="22" role="img" aria-label="Verdicts: \(label)">\
            \(.joined(segments))</svg>
            """
    }

    private var verdictLegend: HTML {
        let rows = counts.map { verdict, count -> HTML in
            """
            <li class="\(verdict.colorClass)"><i class="dot"></i>\(verdict.phrase)\
            <b>\(count)</b><small>\(percent(Double(count) / Double(total)))</small></li>
            """
        }
        return "<ul class=\"legend\">\(.joined(rows))</ul>"
    }

    /// At most this many languages have a row; there are not many more anywhere.
    private static let mostLanguages = 40

    private var languages: HTML {
        let sorted = summary.languages.sorted { ($0.value.total, $1.key) > ($1.value.total, $0.key) }
        let rows = sorted.prefix(Self.mostLanguages).map { name, tally -> HTML in
            let share = Double(tally.passed) * 100 / Double(max(1, tally.total))
            return """
                <li><span class="name">\(name)</span>\
                <svg width="100%" height="8" aria-hidden="true"><rect class="track" width="100%" height="8" rx="4"/>\
                <rect class="ok" width="\(share)%" height="8" rx="4"/></svg>\
                <b>\(tally.passed)</b><small>of \(tally.total)</small></li>
                """
        }
        let rest = sorted.count - Self.mostLanguages
        let hint: HTML = rest > 0 ? "<p class=\"hint\">\(rest) more are not shown.</p>" : ""
        return "<ul class=\"languages\">\(.joined(rows))</ul>\(hint)"
    }
}

/// A share as a percentage, to a tenth.
func percent(_ share: Double) -> String {
    let tenths = Int((share * 1_000).rounded())
    return tenths % 10 == 0 ? "\(tenths / 10) %" : "\(tenths / 10).\(tenths % 10) %"
}
