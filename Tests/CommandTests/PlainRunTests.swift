import ArgumentParser
import Foundation
import SandboxModel
import Sanderling
import Testing

@testable import SanderlingCLI

/// The form of `sanderling run` that goes past the parser, against what the parser makes of it.
struct PlainRunTests {
    @Test(arguments: [[], ["--"], ["--", "one", "--time", "--", ""]])
    func `it means what the parser makes of it`(words: [String]) throws {
        let file = FileManager.default.temporaryDirectory.appending(path: "plain-\(UUID()).py")
        defer { try? FileManager.default.removeItem(at: file) }
        try Data("print(1)".utf8).write(to: file)
        let plain = try #require(PlainRun(["sanderling", "run", file.path] + words)).prepared(
            Array("print(1)".utf8)
        ).0
        let parsed = try RunCommand.parse([file.path] + words)
        #expect(parsed.format == .text)
        #expect(!parsed.logging.verbose)
        let run = try parsed.prepared()
        #expect(plain.program == run.program)
        #expect(plain.policy == run.policy)
        #expect(plain.limits == run.limits)
        #expect(plain.compileLimits == run.compileLimits)
        #expect(plain.collectTo == run.collectTo)
        guard case (.descriptor(let plainInput), .descriptor(let input)) = (plain.input, run.input) else {
            Issue.record("the program reads something other than the command's own input")
            return
        }
        #expect(plainInput == input)
    }

    @Test(arguments: [
        [], ["run"], ["run", ""], ["run", "-"], ["run", "--help"], ["run", "-l", "sh", "x.sh"],
        ["run", "x.py", "--time", "1s"],
        ["run", "x.py", "y.py"], ["batch", "x.yaml"], ["help", "run"], ["--version"],
    ])
    func `every other form is the parser's`(words: [String]) {
        #expect(PlainRun(["sanderling"] + words) == nil)
    }
}
