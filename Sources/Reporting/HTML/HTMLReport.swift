public import SandboxModel

/// One self-contained page: it loads nothing, works without its script, and follows the reader's colours.
///
/// Text from programs is escaped, and what would steer a terminal or reorder a line is shown instead; a content
/// security policy lets nothing run but the page's own script. The size is bounded: of a large batch the page lists
/// the samples that did not pass first, trims texts, draws distributions instead of bars, and says so.
public struct HTMLReport: Report {
    /// Most samples that are listed.
    static let mostRows = 1_000
    /// Bytes of details after which samples are listed without their texts.
    static let mostDetail = 12_000_000
    /// Most samples drawn over time.
    static let mostCharts = 6

    /// The page's title.
    public var title: String

    /// A report under `title`, such as the batch file's name.
    public init(title: String = "Sandboxed batch") {
        self.title = title
    }

    /// Writes the page.
    ///
    /// - Throws: What `results` and `output` throw.
    public func write(
        summary: BatchSummary,
        results: (_ body: (SampleResult) throws -> Void) throws -> Void,
        to output: @escaping (String) throws -> Void,
    ) throws {
        var content = PageContent(summary: summary)
        try results { content.add($0) }
        try output(head.text)
        try output(content.top.text)
        try output(content.rows.text)
        try output(foot.text)
    }

    private var head: HTML {
        """
        <!doctype html>
        <html lang="en"><head><meta charset="utf-8">
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src '\(PageStyle.hash)'; \
        script-src '\(PageScript.hash)'; base-uri 'none'; form-action 'none'">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark"><meta name="referrer" content="no-referrer">
        <title>\(title) · Sanderling</title>
        <style>\(HTML(stringLiteral: PageStyle.text))</style></head>
        <body><main>
        <p class="brand">Sanderling <span>\(marking: title)</span></p>
        """
    }

    private var foot: HTML {
        """
        </div><p class="hint" id="nothing" hidden>No sample matches.</p></section>
        <footer>Written by Sanderling. Times are those of the run stage, or of compiling where nothing was run; MB is 10<sup>6</sup> bytes.</footer>
        </main><script>\(HTML(stringLiteral: PageScript.text))</script></body></html>

        """
    }
}

/// What a page is made of, gathered in one pass over the results.
private struct PageContent {
    let summary: BatchSummary
    private(set) var rows = HTML()
    private var timeline: Timeline
    private var time = Distribution(of: "Real time")
    private var memory = Distribution(of: "Memory")
    private var longest: [(time: Duration, index: Int, html: HTML)] = []
    private var count = 0
    private var listed = 0
    private var passedListed = 0

    init(summary: BatchSummary) {
        self.summary = summary
        timeline = Timeline(length: summary.wallTime)
    }

    /// How many samples that passed are listed, leaving room for those that did not.
    private var mostPassedRows: Int { max(0, HTMLReport.mostRows - (summary.total - summary.passed)) }

    /// Bytes shown of each text: fewer when many samples share the page.
    private var textLimit: Int {
        guard rows.text.utf8.count < HTMLReport.mostDetail else { return 0 }
        return summary.total > 200 ? 2_000 : 16_000
    }

    mutating func add(_ sample: SampleResult) {
        let result = sample.result
        count += 1
        timeline.add(sample)
        time.add(result.usage.wallTime.inSeconds / result.limits.wallTime.inSeconds)
        memory.add(Double(result.usage.memory.bytes) / Double(result.limits.memory.bytes))
        chart(sample)
        guard listed < HTMLReport.mostRows, !sample.passed || passedListed < mostPassedRows else { return }
        listed += 1
        if sample.passed { passedListed += 1 }
        rows += SampleRow(sample: sample, textLimit: textLimit).html
    }

    /// Keeps the charts of the samples that ran longest.
    private mutating func chart(_ sample: SampleResult) {
        let time = sample.result.usage.wallTime
        guard longest.count < HTMLReport.mostCharts || time > longest[longest.count - 1].time,
            let chart = ResourceChart(sample.result)
        else { return }
        let name = sample.description.shortened(to: 80)
        let html: HTML = """
            <article><h3><a href="#s\(sample.index)">\(name)</a> \
            <span class="chip \(sample.result.verdict.colorClass)"><i class="dot"></i>\
            \(sample.result.verdict.phrase)</span></h3>\(chart.html)</article>
            """
        longest.append((time, sample.index, html))
        longest.sort { ($1.time, $0.index) < ($0.time, $1.index) }
        longest = Array(longest.prefix(HTMLReport.mostCharts))
    }

    /// Everything above the rows.
    var top: HTML {
        let section = SummarySection(summary: summary)
        let distributions: HTML =
            count < Distribution.fewestSamples
            ? ""
            : "<section><h2>Against the limits</h2><div class=\"charts\">\(time.html)\(memory.html)</div></section>"
        let overTime: HTML =
            longest.isEmpty
            ? ""
            : "<section><h2>Over time</h2><div class=\"multiples\">\(.joined(longest.map(\.html)))</div></section>"
        let trimmed: HTML =
            listed == count
            ? ""
            : """
            <p class="note">\(listed) of \(count) samples are listed, those that did not pass first in line for a place; \
            texts are shortened. The JSON report holds everything.</p>
            """
        return """
            <h1>\(section.headline)</h1>
            \(section.html)
            \(timeline.html)\(distributions)\(overTime)
            <section><h2>Samples</h2>\(trimmed)
            \(toolbar)
            <div class="head" aria-hidden="true"><span></span><span class="number">#</span><span>Sample</span>\
            <span>Verdict</span><span>Time <small>of limit</small></span><span>Memory <small>or what struck</small></span></div>
            <div id="rows">

            """
    }

    private var toolbar: HTML {
        let verdicts = Verdict.allCases.filter { summary.verdicts[$0] != nil }.map { verdict -> HTML in
            "<option value=\"\(verdict.rawValue)\">\(verdict.phrase)</option>"
        }
        return """
            <form class="tools" id="tools" hidden><input type="search" id="find" placeholder="Find a sample" \
            aria-label="Find a sample"><select id="verdict" aria-label="Which verdict"><option value="">every verdict\
            </option><option value="failed">did not pass</option>\(.joined(verdicts))</select>\
            <select id="order" aria-label="Order"><option value="index">in file order</option>\
            <option value="time">slowest first</option><option value="memory">most memory first</option></select>\
            <button type="button" id="expand">Open all</button></form>
            """
    }
}
