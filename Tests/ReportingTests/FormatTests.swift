import Foundation
import FoundationXML
import Reporting
import SandboxModel
import Testing

@Suite struct JUnitReportTests {
    @Test func `each sample is a case and the counts agree with them`() throws {
        let document = try parse(JUnitReport())
        let suite = try #require(document.elements.first { $0.name == "testsuite" })
        #expect(document.count("testcase") == 18)
        for (attribute, element) in [("failures", "failure"), ("errors", "error"), ("skipped", "skipped")] {
            #expect(suite.attributes[attribute] == "\(document.count(element))")
        }
        #expect(suite.attributes["tests"] == "18")
        #expect(document.count("error") == 1)
        #expect(document.count("skipped") == 1)
    }

    @Test func `hostile text stays text`() throws {
        let document = try parse(JUnitReport(suite: SampleBatch.hostile))
        let last = try #require(document.elements.last { $0.name == "testcase" })
        #expect(last.attributes["name"]?.contains("</script><script>alert(1)</script><!-- ]]> ␛[2J") == true)
        #expect(document.count("script") == 0)
        #expect(document.text.contains("⟨U+202E⟩gnp.exe"))
    }

    @Test func `noncharacters that XML forbids are replaced`() throws {
        var sample = SampleBatch.samples[0]
        sample.description = "a\u{FFFE}\u{FFFF}\u{B}b"
        let text = try JUnitReport().text(summary: SampleBatch.summary, results: [sample])
        let document = try #require(ElementList(text))
        #expect(document.elements.contains { $0.attributes["name"] == "1. a\u{FFFD}\u{FFFD}␋b" })
    }

    private func parse(_ report: JUnitReport) throws -> ElementList {
        try #require(ElementList(report.text(summary: SampleBatch.summary, results: SampleBatch.samples)))
    }
}

@Suite struct CSVReportTests {
    @Test func `every row has a cell for every column`() throws {
        let rows = try rows(SampleBatch.samples)
        #expect(rows.count == 19)
        #expect(rows.allSatisfy { $0.count == rows[0].count })
        #expect(rows[0].prefix(3) == ["index", "description", "language"])
        #expect(rows[6][1] == "Memory bomb")
        #expect(rows[6][4] == "memory_exceeded")
        #expect(rows[6][11] == "100000000")
    }

    @Test(arguments: ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", " =1", "\r=1", "\u{FF1D}1"])
    func `no cell is a formula`(text: String) throws {
        var sample = SampleBatch.samples[0]
        sample.description = text
        let cell = try rows([sample])[1][1]
        let first = try #require(cell.first { !$0.isWhitespace })
        #expect(!"=+-@\u{FF1D}".contains(first))
    }

    @Test func `quotes, commas and line ends stay in their cell`() throws {
        var sample = SampleBatch.samples[0]
        sample.description = "a,\"b\"\r\nc"
        #expect(try rows([sample])[1][1] == "a,\"b\" c")
    }

    private func rows(_ samples: [SampleResult]) throws -> [[String]] {
        let text = try CSVReport().text(summary: SampleBatch.summary, results: samples)
        #expect(TerminalText.inert(text) == text.replacingOccurrences(of: "\r\n", with: "\n"))
        var rows: [[String]] = [[""]]
        var quoted = false
        for scalar in text.unicodeScalars {
            let row = rows.count - 1
            switch scalar {
            case "\"":
                quoted.toggle()
                // A doubled quote closes and opens again; the text has one of the two.
                rows[row][rows[row].count - 1] += "\""
            case "," where !quoted: rows[row].append("")
            case "\n" where !quoted: rows.append([""])
            case "\r" where !quoted: break
            default: rows[row][rows[row].count - 1].unicodeScalars.append(scalar)
            }
        }
        return rows.dropLast().map { row in
            row.map { cell in
                guard cell.hasPrefix("\"") else { return cell }
                return cell.dropFirst().dropLast().replacingOccurrences(of: "\"\"", with: "\"")
            }
        }
    }
}

@Suite struct MarkdownReportTests {
    @Test func `the table has a row of eight cells for each sample`() throws {
        let rows = try lines().filter { $0.hasPrefix("|") }
        #expect(rows.count == 20)
        // An escaped bar is part of a cell.
        #expect(rows.allSatisfy { $0.replacing("\\|", with: "").split(separator: "|").count == 8 })
    }

    @Test func `hostile text cannot leave its cell, its line or its fence`() throws {
        let text = try lines().joined(separator: "\n")
        #expect(TerminalText.inert(text) == text)
        let fence = text.ranges(of: "```").count
        #expect(fence % 2 == 0)
        let outside = text.split(separator: "```", omittingEmptySubsequences: false).enumerated()
            .filter { $0.offset % 2 == 0 }.map(\.element).joined()
        #expect(!outside.contains("<"))
        #expect(!outside.replacing("\\`", with: "").contains("`"))
    }

    @Test func `a fence is longer than any in the output`() throws {
        var sample = SampleBatch.samples[1]
        sample.result.stdout = CapturedOutput(bytes: Array("x\n`````\n# owned\n".utf8))
        let text = try MarkdownReport().text(summary: SampleBatch.summary, results: [sample])
        #expect(text.contains("\n``````text\nx\n`````\n# owned\n``````\n"))
    }

    private func lines() throws -> [String] {
        try MarkdownReport().text(summary: SampleBatch.summary, results: SampleBatch.samples)
            .components(separatedBy: "\n")
    }
}

@Suite struct SARIFReportTests {
    @Test func `findings and refusals are results of known rules`() throws {
        let run = try run(of: SampleBatch.samples)
        let results = try #require(run["results"] as? [[String: Any]])
        let driver = (run["tool"] as? [String: Any])?["driver"] as? [String: Any]
        let rules = try #require(driver?["rules"] as? [[String: Any]]).compactMap { $0["id"] as? String }
        // One finding and two refusals, and one of each by the hostile sample.
        #expect(results.count == 5)
        #expect(Set(rules).count == rules.count)
        #expect(results.allSatisfy { rules.contains($0["ruleId"] as? String ?? "") })
        #expect(results.map { $0["level"] as? String } == ["error", "error", "warning", "error", "error"])
    }

    @Test func `a finding points to its lines`() throws {
        let results = try #require(try run(of: [SampleBatch.audited])["results"] as? [[String: Any]])
        let location = (results.first?["locations"] as? [[String: Any]])?.first
        let physical = try #require(location?["physicalLocation"] as? [String: Any])
        #expect((physical["artifactLocation"] as? [String: String]) == ["uri": "main.py"])
        #expect((physical["region"] as? [String: Int]) == ["startLine": 3, "startColumn": 5, "endLine": 4])
    }

    @Test func `hostile paths and links are neither addresses nor scripts`() throws {
        let text = try SARIFReport().text(summary: SampleBatch.summary, results: [SampleBatch.hostileSample])
        #expect(!text.contains("javascript:"))
        let uri = try #require(text.firstMatch(of: /"uri":"([^"]*)"/)?.1)
        #expect(uri.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "%-_./".contains($0)) })
    }

    @Test func `a batch without findings is a log without results`() throws {
        #expect((try run(of: [])["results"] as? [Any])?.isEmpty == true)
    }

    private func run(of samples: [SampleResult]) throws -> [String: Any] {
        let text = try SARIFReport().text(summary: SampleBatch.summary, results: samples)
        let log = try #require(JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
        #expect(log["version"] as? String == "2.1.0")
        return try #require((log["runs"] as? [[String: Any]])?.first)
    }
}

@Suite struct ReportFileTests {
    @Test func `a report appears under its name when it is whole`() throws {
        let directory = try TemporaryDirectory()
        let path = directory.path("new/report.html")
        let file = try ReportFile(path: path)
        try file.write("half")
        #expect(!FileManager.default.fileExists(atPath: path))
        try file.write(" and half")
        try file.commit()
        #expect(try String(contentsOfFile: path, encoding: .utf8) == "half and half")
        #expect(!FileManager.default.fileExists(atPath: path + ".partial"))
    }

    @Test func `a symbolic link in the partial report's place is not followed`() throws {
        let directory = try TemporaryDirectory()
        let precious = directory.path("precious")
        try Data("kept".utf8).write(to: URL(fileURLWithPath: precious))
        let partial = directory.path("report.html.partial")
        try FileManager.default.createSymbolicLink(atPath: partial, withDestinationPath: precious)
        let file = try ReportFile(path: directory.path("report.html"))
        try file.write("report")
        try file.commit()
        #expect(try String(contentsOfFile: precious, encoding: .utf8) == "kept")
    }

    @Test func `a device is written to and stays a device`() throws {
        let file = try ReportFile(path: "/dev/null")
        try file.write("gone")
        try file.commit()
        let type = try FileManager.default.attributesOfItem(atPath: "/dev/null")[.type] as? FileAttributeType
        #expect(type == .typeCharacterSpecial)
    }

    @Test(arguments: ReportFormat.allCases)
    func `every format reports a batch of nothing`(format: ReportFormat) throws {
        #expect(try !format.report.text(summary: BatchSummary(total: 0), results: []).isEmpty)
    }
}
