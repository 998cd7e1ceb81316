import Foundation
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

    @Test func `of a program that did not compile the compiler's time is told`() throws {
        let text = try JUnitReport().text(summary: SampleBatch.summary, results: [SampleBatch.uncompiled])
        let document = try #require(ElementList(text))
        let sample = try #require(document.elements.first { $0.name == "testcase" })
        #expect(sample.attributes["time"] == "0.412")
        #expect(document.elements.contains { $0.name == "property" && $0.attributes["value"] == "compile" })
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
