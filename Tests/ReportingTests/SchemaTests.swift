import Foundation
import Reporting
import SandboxModel
import SchemaCheck
import Testing

@Suite struct SchemaTests {
    private let schema: JSONSchema
    private let definitions: [String: [String: Any]]

    init() throws {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let file = root.appendingPathComponent("docs/report.schema.json")
        schema = try JSONSchema(contentsOf: file)
        let object = try JSONSerialization.jsonObject(with: Data(contentsOf: file)) as? [String: Any]
        definitions = try #require(object?["$defs"] as? [String: [String: Any]])
    }

    @Test(arguments: SampleBatch.samples.indices)
    func `each result is what the schema says`(index: Int) throws {
        let sample = SampleBatch.samples[index]
        let result = try JSONSerialization.jsonObject(with: ResultJSON.encode(sample.result))
        #expect(schema.problems(of: result, definition: "result") == [])
        let object = try JSONSerialization.jsonObject(with: ResultJSON.encode(sample))
        #expect(schema.problems(of: object, definition: "sample") == [])
    }

    @Test func `a batch's report is what the schema says, finished or not`() throws {
        let directory = try TemporaryDirectory()
        let path = directory.path("results.json")
        let skipped = SkippedSample(index: 3, description: "Zig", language: "zig", reason: "not installed")
        let writer = try BatchReportWriter(path: path, total: 20, skipped: [skipped])
        for sample in SampleBatch.samples { try writer.append(sample) }
        let partial = try Data(
            contentsOf: URL(fileURLWithPath: try BatchReportWriter.partialPath(of: path))
        )
        #expect(
            schema.problems(of: try JSONSerialization.jsonObject(with: partial), definition: "report") == []
        )
        try writer.finish(summary: SampleBatch.summary)
        let whole = try Data(contentsOf: URL(fileURLWithPath: path))
        #expect(
            schema.problems(of: try JSONSerialization.jsonObject(with: whole), definition: "report") == []
        )
    }

    @Test(arguments: [
        ("verdict", "fine" as any Sendable), ("exit_code", "0"), ("success", 1), ("limits", [Int]()),
        ("extra", 1),
        ("execution_time", -1),
    ])
    func `the check finds what is wrong`(key: String, wrong: any Sendable) throws {
        let data = ResultJSON.encode(SampleBatch.result(.ok, weight: 1))
        var object = try #require(JSONSerialization.jsonObject(with: data) as? [String: Any])
        object[key] = wrong
        #expect(!schema.problems(of: object, definition: "result").isEmpty)
        object = try #require(JSONSerialization.jsonObject(with: data) as? [String: Any])
        object[key == "extra" ? "stdout" : key] = nil
        #expect(!schema.problems(of: object, definition: "result").isEmpty)
    }

    @Test func `the schema names the same verdicts and layers as the library`() {
        #expect(definitions["verdict"]?["enum"] as? [String] == Verdict.allCases.map(\.rawValue))
        #expect(definitions["layer"]?["enum"] as? [String] == Layer.allCases.map(\.rawValue))
        #expect(definitions["attestation"]?["enum"] as? [String] == Attestation.allCases.map(\.rawValue))
    }
}
