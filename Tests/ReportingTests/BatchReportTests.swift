import Foundation
import Reporting
import SandboxModel
import Testing

@Suite struct BatchReportTests {
    @Test func `a report is read back as it was written`() throws {
        let directory = try TemporaryDirectory()
        let path = directory.path("made/on/the/way/results.json")
        try write(SampleBatch.samples, to: path)
        let reader = try BatchReportReader(path: path)
        var read: [SampleResult] = []
        try reader.forEach { read.append($0) }
        #expect(read == SampleBatch.samples)
        #expect(reader.summary == SampleBatch.summary)
        #expect(try reader.result(at: 3) == SampleBatch.samples[3])
        #expect(try !FileManager.default.fileExists(atPath: BatchReportWriter.partialPath(of: path)))
    }

    @Test func `it is one JSON object with a summary and a list`() throws {
        let directory = try TemporaryDirectory()
        try write(SampleBatch.samples, to: directory.path("results.json"))
        let report = try object(at: directory.path("results.json"))
        #expect(Set(report.keys) == ["summary", "results"])
        #expect((report["results"] as? [[String: Any]])?.map { $0["index"] as? Int } == Array(0..<18))
        let summary = try #require(report["summary"] as? [String: Any])
        #expect(summary["total"] as? Int == 18)
        #expect((summary["verdicts"] as? [String: Int])?["ok"] == 3)
    }

    @Test func `a batch without samples has an empty list`() throws {
        let directory = try TemporaryDirectory()
        let path = directory.path("results.json")
        try BatchReportWriter(path: path, total: 0).finish(summary: BatchSummary(total: 0))
        #expect((try object(at: path)["results"] as? [Any])?.isEmpty == true)
        #expect(try BatchReportReader(path: path).count == 0)
    }

    @Test func `after each result the unfinished report is whole`() throws {
        let directory = try TemporaryDirectory()
        let path = directory.path("results.json")
        try Data("earlier".utf8).write(to: URL(fileURLWithPath: path))
        let writer = try BatchReportWriter(path: path, total: 18)
        for (index, sample) in SampleBatch.samples.enumerated() {
            try writer.append(sample)
            let report = try object(at: try BatchReportWriter.partialPath(of: path))
            let summary = try #require(report["summary"] as? [String: Any])
            #expect((report["results"] as? [Any])?.count == index + 1)
            #expect(summary["interrupted"] as? Bool == true)
            #expect(summary["not_started"] as? Int == 18 - index - 1)
        }
        #expect(try String(contentsOfFile: path, encoding: .utf8) == "earlier")
    }

    @Test func `of two batches that write to one place the earlier is refused and the later is whole`() throws
    {
        let directory = try TemporaryDirectory()
        let path = directory.path("results.json")
        let earlier = try BatchReportWriter(path: path, total: 2)
        try earlier.append(SampleBatch.samples[0])
        let later = try BatchReportWriter(path: path, total: 1)
        #expect(throws: (any Error).self) { try earlier.finish(summary: SampleBatch.summary) }
        try later.append(SampleBatch.samples[1])
        try later.finish(summary: SampleBatch.summary)
        let reader = try BatchReportReader(path: path)
        #expect(reader.count == 1)
        #expect(try reader.result(at: 0) == SampleBatch.samples[1])
    }

    @Test func `a report cut off anywhere gives its whole results`() throws {
        let directory = try TemporaryDirectory()
        let path = directory.path("results.json")
        try write(SampleBatch.samples, to: path)
        let whole = try Data(contentsOf: URL(fileURLWithPath: path))
        for length in stride(from: whole.count - 3, to: 0, by: -1_801) {
            try whole.prefix(length).write(to: URL(fileURLWithPath: path))
            guard let reader = try? BatchReportReader(path: path) else {
                #expect(length < 4_000)
                continue
            }
            for position in 0..<reader.count {
                #expect(try reader.result(at: position) == SampleBatch.samples[position])
            }
        }
    }

    @Test func `a resumed batch finds what was finished and nothing else`() throws {
        let directory = try TemporaryDirectory()
        let path = directory.path("results.json")
        try write(SampleBatch.verdicts, to: path)
        let reader = try BatchReportReader(path: path)
        let positions = try reader.finishedPositions()
        let unfinished = SampleBatch.verdicts.filter {
            [.cancelled, .internalError].contains($0.result.verdict)
        }
        #expect(unfinished.count == 2)
        for sample in SampleBatch.verdicts where !unfinished.contains(sample) {
            // Hashes of the tens repeat; the later one holds.
            let position = try #require(positions[sample.hash])
            #expect(try reader.result(at: position).hash == sample.hash)
        }
    }

    @Test func `other JSON is refused with its name`() throws {
        let directory = try TemporaryDirectory()
        let path = directory.path("other.json")
        try Data(#"{"a": [1, "results", {"summary": 1}]}"#.utf8).write(to: URL(fileURLWithPath: path))
        #expect(throws: BatchReportError.notAReport(path: path)) { try BatchReportReader(path: path) }
    }

    /// In a process of its own, whose memory no other test uses.
    @Test func `ten thousand results are written and read in the memory of a few`() async {
        await #expect(processExitsWith: .success) {
            let directory = try TemporaryDirectory()
            let path = directory.path("results.json")
            try Self.writeAndRead(10, at: path)
            let before = try Self.residentBytes()
            try Self.writeAndRead(10_000, at: path)
            let growth = try Self.residentBytes() - before
            let size = try #require(FileManager.default.attributesOfItem(atPath: path)[.size] as? Int)
            #expect(size > 10_000_000)
            #expect(growth < size / 3, "grew by \(growth) bytes for a report of \(size)")
        }
    }

    private static func writeAndRead(_ count: Int, at path: String) throws {
        let writer = try BatchReportWriter(path: path, total: count)
        var summary = BatchSummary(total: count)
        for sample in SampleBatch.many(count) {
            try writer.append(sample)
            summary.add(sample)
        }
        try writer.finish(summary: summary)
        let reader = try BatchReportReader(path: path)
        #expect(reader.count == count)
        #expect(reader.summary == summary)
        #expect(try reader.finishedPositions()["hash-\(count - 1)"] == count - 1)
        var read = 0
        try reader.forEach { read += $0.index == read ? 1 : 0 }
        #expect(read == count)
    }

    private static func residentBytes() throws -> Int {
        let statm = try String(contentsOfFile: "/proc/self/statm", encoding: .utf8)
        return try #require(Int(statm.split(separator: " ")[1])) * Int(sysconf(Int32(_SC_PAGESIZE)))
    }

    private func write(_ samples: [SampleResult], to path: String) throws {
        let writer = try BatchReportWriter(path: path, total: samples.count)
        for sample in samples { try writer.append(sample) }
        try writer.finish(summary: SampleBatch.summary)
    }

    private func object(at path: String) throws -> [String: Any] {
        let data = try Data(contentsOf: URL(fileURLWithPath: path))
        return try #require(JSONSerialization.jsonObject(with: data) as? [String: Any])
    }
}
