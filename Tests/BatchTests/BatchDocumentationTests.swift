import Foundation
import Sanderling
import Testing

@Suite struct BatchDocumentationTests {
    private static let page = URL(filePath: #filePath)
        .deletingLastPathComponent().appending(path: "../../docs/batch-file.md").standardizedFileURL

    /// The YAML blocks of the page.
    private func examples() throws -> [String] {
        try String(contentsOf: Self.page, encoding: .utf8).split(separator: "```yaml\n").dropFirst().map {
            block in
            String(block.prefix(upTo: block.firstRange(of: "```")?.lowerBound ?? block.endIndex))
        }
    }

    @Test func `every example of the page is a valid batch file`() throws {
        let examples = try examples()
        #expect(examples.count == 3)
        for example in examples { _ = try parse(example) }
    }

    @Test func `the page's first example is the one that the tests read`() throws {
        #expect(try examples().first == BatchFileTests.example + "\n")
    }

    @Test(arguments: ["execution", "a sample", "sandbox", "a mount", "a file", "expect", "output", "logging"])
    func `the page names every key`(section: String) throws {
        // What the reader knows is what it says when it is asked for something else.
        let wrong = [
            "execution": "execution: {qqqq: 1}",
            "a sample": "execution: {code_samples: [{qqqq: 1}]}",
            "sandbox": "sandbox: {qqqq: 1}",
            "a mount": "sandbox: {mounts: [{qqqq: 1}]}",
            "a file": "execution: {code_samples: [{code: 1, files: [{qqqq: 1}]}]}",
            "expect": "execution: {code_samples: [{code: 1, expect: {qqqq: 1}}]}",
            "output": "output: {qqqq: 1}",
            "logging": "logging: {qqqq: 1}",
        ]
        let text = try #require(wrong[section])
        let error = #expect(throws: BatchFileError.self) { try parse(text) }
        let prefix = "unknown key 'qqqq' in \(section); known are "
        let message = try #require(error?.mistakes.map(\.message).first { $0.hasPrefix(prefix) })
        let page = try String(contentsOf: Self.page, encoding: .utf8)
        for key in message.dropFirst(prefix.count).split(separator: ", ") {
            #expect(page.contains("`\(key)`"), "\(key)")
        }
    }
}
