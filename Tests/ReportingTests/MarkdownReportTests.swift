import Foundation
import Reporting
import SandboxModel
import Testing

@Suite struct MarkdownReportTests {
    @Test func `the table has a row of eight cells for each sample`() throws {
        let rows = try lines().filter { $0.hasPrefix("|") }
        #expect(rows.count == 20)
        // An escaped bar is part of a cell.
        #expect(rows.allSatisfy { $0.replacing("\\|", with: "").split(separator: "|").count == 8 })
    }

    @Test func `of a program that did not compile the compiler's consumption is told`() throws {
        let text = try MarkdownReport().text(summary: SampleBatch.summary, results: [SampleBatch.uncompiled])
        #expect(text.contains("| compile failed | 412 ms (compiling) | 390 ms | 148 MB |"))
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
