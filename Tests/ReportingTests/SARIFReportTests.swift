import Foundation
import Reporting
import SandboxModel
import Testing

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

    @Test func `findings have fingerprints of their own, which outlast a change elsewhere`() throws {
        var sample = SampleBatch.audited
        sample.hash = ""
        sample.source = Array("import os\nx = 1\nexec(x)\nexec(x)\n".utf8)
        var again = sample.auditFindings[0]
        again.line = 4
        sample.auditFindings.append(again)
        let first = try prints(of: sample)
        #expect(first.count == 2 && Set(first).count == 2)
        sample.source = Array("import os\n\nx = 1\nexec(x)\nexec(x)\n".utf8)
        sample.auditFindings[0].line = 4
        sample.auditFindings[1].line = 5
        #expect(try prints(of: sample) == first)
        sample.source = Array("import os\n\nx = 1\nexec(y)\nexec(x)\n".utf8)
        #expect(try prints(of: sample)[0] != first[0])
        sample.hash = "another sample's"
        #expect(try Set(prints(of: sample)).isDisjoint(with: first))
    }

    private func prints(of sample: SampleResult) throws -> [String] {
        let results = try #require(try run(of: [sample])["results"] as? [[String: Any]])
        return try results.map {
            try #require(($0["partialFingerprints"] as? [String: String])?["finding/v1"])
        }
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
