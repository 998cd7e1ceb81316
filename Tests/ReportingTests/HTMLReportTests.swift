import Foundation
import Reporting
import SandboxModel
import Testing

@Suite struct HTMLReportTests {
    @Test func `nothing a program wrote becomes markup`() throws {
        let page = try page(of: SampleBatch.samples)
        #expect(page.components(separatedBy: "<script").count == 2)
        #expect(!page.contains("alert(1)</script>"))
        #expect(page.contains("&lt;script&gt;alert(1)"))
        #expect(!page.contains("javascript:"))
        #expect(try #require(parses(page)) > 500)
    }

    @Test func `what would steer a reader is shown`() throws {
        let page = try page(of: SampleBatch.samples)
        #expect(TerminalText.inert(page) == page)
        #expect(page.contains("<i class=\"x\">␛</i>[2J"))
        #expect(page.contains("<i class=\"x\">⟨U+202E⟩</i>gnp.exe"))
        #expect(page.contains("<i class=\"x\">␀</i>"))
    }

    @Test func `the page loads nothing and may run nothing but its own script`() throws {
        let page = try page(of: SampleBatch.samples)
        for forbidden in [" src=", "@import", "url(", "<link", "<img", "<iframe", " style=", " onclick="] {
            #expect(!page.contains(forbidden))
        }
        let style = try sha256(between: "<style>", and: "</style>", of: page)
        let script = try sha256(between: "<script>", and: "</script>", of: page)
        #expect(
            page.contains(
                "content=\"default-src 'none'; style-src 'sha256-\(style)'; script-src 'sha256-\(script)'; "
                    + "base-uri 'none'; form-action 'none'\""
            )
        )
    }

    @Test(arguments: Verdict.allCases)
    func `each verdict is in the breakdown, the list and the choice`(verdict: Verdict) throws {
        let page = try page(of: SampleBatch.samples)
        let phrase = verdict.rawValue.replacingOccurrences(of: "_", with: " ")
        #expect(page.contains("<i class=\"dot\"></i>\(phrase)<b>"))
        #expect(page.contains("data-verdict=\"\(verdict.rawValue)\""))
        #expect(page.contains("<option value=\"\(verdict.rawValue)\">\(phrase)</option>"))
    }

    @Test func `the rates are those of the summary`() throws {
        let page = try page(of: SampleBatch.samples)
        let summary = SampleBatch.summary
        #expect(page.contains("\(summary.passed) of \(summary.finished) passed"))
        #expect(page.contains("\(summary.failed) of \(summary.finished) failed"))
        #expect(page.contains("<h1>\(summary.passed) of 18 samples met their expectation</h1>"))
    }

    @Test func `samples that overlap lie in different lanes and those that do not share one`() throws {
        let samples = [(0, 100), (50, 100), (120, 50)].enumerated().map { index, times in
            var result = SampleBatch.result(.ok, weight: 1)
            result.usage.wallTime = .milliseconds(times.1)
            return SampleResult(
                index: index,
                description: "s\(index)",
                hash: "",
                result: result,
                passed: true,
                startedAt: .milliseconds(times.0),
            )
        }
        let page = try page(of: samples)
        let lanes = page.matches(of: /<a href="#s(\d)"><svg class="ok" x="([\d.]+)%" y="(\d+)"/)
        #expect(lanes.map { "\($0.1) \($0.3)" } == ["0 2", "1 26", "2 2"])
        #expect(page.contains("aria-label=\"3 samples, at most 2 at once\""))
    }

    @Test func `memory and processor are drawn over time for those that ran long`() throws {
        let page = try page(of: SampleBatch.samples)
        let long = SampleBatch.samples.filter { $0.result.samples.count > 2 }.count
        // Once among the longest and once in the sample's own details.
        #expect(page.components(separatedBy: "Memory over time").count - 1 == long * 2)
        #expect(page.components(separatedBy: "class=\"ceiling\"").count - 1 == long * 4)
    }

    @Test func `ten thousand samples give a page of bounded size that says what it leaves out`() throws {
        var summary = BatchSummary(total: 10_000)
        for sample in SampleBatch.many(10_000) { summary.add(sample) }
        summary.wallTime = .seconds(52)
        let page = try HTMLReport().text(summary: summary, results: SampleBatch.many(10_000))
        #expect(page.utf8.count < 10_000_000)
        #expect(page.components(separatedBy: "<details ").count - 1 == 1_000)
        #expect(page.components(separatedBy: "data-passed=\"0\"").count - 1 == summary.failed)
        #expect(page.contains("1000 of 10000 samples are listed"))
        #expect(page.contains("Against the limits"))
        #expect(page.contains("Samples running at once over time"))
    }

    @Test(arguments: [
        (Verdict.cpuTimeExceeded, "10 s of 10 s on processors", "10 s CPU"),
        (.processLimitExceeded, "64 of 64 processes", "64 procs"),
        (.outputLimitExceeded, "1 MB of 1 MB output", "1 MB output"),
        (.diskLimitExceeded, "64 MB of 64 MB disk", "64 MB disk"),
        (.fileSizeExceeded, "64 MB of 64 MB file", "64 MB file"),
    ])
    func `the limit that struck is seen to be reached`(verdict: Verdict, label: String, value: String) throws
    {
        var sample = SampleBatch.samples[0]
        sample.result.verdict = verdict
        sample.result.limits = Limits()
        sample.result.usage = Usage(
            wallTime: .milliseconds(5_000),
            cpuTime: .milliseconds(10_000),
            memory: .megabytes(1),
            processes: 64,
            output: .megabytes(1),
            disk: .megabytes(64),
        )
        let page = try page(of: [sample])
        #expect(page.contains("<rect class=\"over\""))
        #expect(page.contains(label + "</title>"))
        #expect(page.contains("<span>\(value)</span>"))
        sample.result.verdict = .ok
        #expect(try !self.page(of: [sample]).contains("<rect class=\"over\""))
    }

    @Test func `of a program that did not compile the compiler's consumption is told`() throws {
        let page = try page(of: [SampleBatch.uncompiled])
        #expect(page.contains("measured while compiling"))
        #expect(page.contains("<th>Compiling</th>"))
        #expect(page.contains("<span>412 ms</span>") && page.contains("<span>148 MB</span>"))
    }

    @Test func `processor time of results that were taken over is said to be earlier`() throws {
        var sample = SampleBatch.samples[0]
        #expect(try page(of: [sample]).contains("on processors</small>"))
        sample.resumed = true
        #expect(try page(of: [sample]).contains("on processors, earlier</small>"))
        let mixed = try page(of: [sample, SampleBatch.samples[1]])
        #expect(mixed.contains("on processors, some earlier</small>"))
    }

    @Test func `curves begin where the program does`() throws {
        var sample = SampleBatch.samples[3]
        sample.result.samples.removeFirst()
        let page = try page(of: [sample])
        let lines = page.matches(of: /<polyline class="line" points="([\d.]+),/)
        #expect(!lines.isEmpty && lines.allSatisfy { $0.1 == "0.0" })
    }

    @Test func `a long description is cut with an ellipsis`() throws {
        var sample = SampleBatch.samples[3]
        sample.description = String(repeating: "long ", count: 40)
        #expect(try page(of: [sample]).contains("long…"))
    }

    @Test func `one enormous output is shortened`() throws {
        var sample = SampleBatch.samples[0]
        sample.result.stdout = CapturedOutput(bytes: Array(repeating: UInt8(ascii: "<"), count: 5_000_000))
        let page = try page(of: [sample])
        #expect(page.utf8.count < 200_000)
        #expect(page.contains("5 MB not shown on this page"))
    }

    @Test func `impossible numbers in a report do not break the page`() throws {
        var sample = SampleBatch.samples[3]
        sample.result.limits = Limits(wallTime: .zero, cpuTime: .zero, cpuShare: 0, memory: .bytes(0))
        sample.startedAt = .seconds(-5)
        sample.result.usage.wallTime = .seconds(1 << 33)
        let page = try page(of: [sample])
        #expect(!page.contains("nan") && !page.contains("inf%"))
    }

    private func page(of samples: [SampleResult]) throws -> String {
        var summary = BatchSummary(total: samples.count)
        for sample in samples { summary.add(sample) }
        summary.wallTime = SampleBatch.summary.wallTime
        return try HTMLReport(title: "batch.yaml").text(summary: summary, results: samples)
    }

    /// How many elements the page has, when every one that must be closed is closed in its turn; else `nil`.
    private func parses(_ page: String) -> Int? {
        let void: Set<Substring> = ["meta", "input", "!doctype"]
        let body = page.replacing(/<(style|script)>[\s\S]*?<\/(style|script)>/, with: "")
        var open: [Substring] = []
        var count = 0
        for tag in body.matches(of: /<(\/?)([a-zA-Z0-9!]+)((?:[^<>"]|"[^<>"]*")*?)(\/?)>/) {
            if tag.1 == "/" {
                guard open.popLast() == tag.2 else { return nil }
            } else if tag.4 != "/", !void.contains(tag.2) {
                open.append(tag.2)
            }
            count += 1
        }
        return open.isEmpty && body.filter { $0 == "<" }.count == count ? count : nil
    }

    private func sha256(between start: String, and end: String, of page: String) throws -> String {
        let after = try #require(page.range(of: start))
        let before = try #require(page.range(of: end, range: after.upperBound..<page.endIndex))
        let directory = try TemporaryDirectory()
        try Data(page[after.upperBound..<before.lowerBound].utf8).write(
            to: directory.url.appending(path: "text")
        )
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/sha256sum")
        process.arguments = [directory.path("text")]
        let pipe = Pipe()
        process.standardOutput = pipe
        try process.run()
        let line = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        let digits = Array(line.prefix(64))
        let bytes = stride(from: 0, to: digits.count, by: 2).compactMap {
            UInt8(String(digits[$0..<$0 + 2]), radix: 16)
        }
        try #require(bytes.count == 32)
        return Data(bytes).base64EncodedString()
    }
}
