import ArgumentParser
import DirectRun
import Foundation
import Languages
import RunClient
import SandboxModel
import Sanderling
import Testing

@testable import SanderlingCLI

/// The form of `sanderling run` that goes past the parser, against what the parser makes of it.
struct PlainRunTests {
    @Test(arguments: [
        ["FILE"], ["FILE", "--"], ["FILE", "--", "one", "--time", "--", ""], ["--direct", "FILE"],
        ["-l", "python", "-c", "print(1)"], ["-c", "-x", "--language=py", "--", "-c"],
        ["--code", "print(1)", "--language", "python"], ["--code=a=b", "-l", "bash"],
        ["-c", "", "-l", "bash"],
        ["FILE", "-l", "bash"], ["-l", "ruby", "FILE", "--", "-"],
        ["FILE", "--time", "30s"], ["--time=90s", "--cpu-time", "1s", "FILE"],
        ["--cpu-time", "500ms", "FILE"],
        ["FILE", "--memory", "100MB", "--processes", "3", "--output-limit", "10kB", "--disk=1MiB"],
        ["FILE", "--file-size", "1MB", "--open-files", "64", "--stack", "1MiB"],
        ["FILE", "--network", "loopback", "--filesystem=scratch"], ["FILE", "--network", "host"],
    ])
    func `it means what the parser makes of it`(words: [String]) throws {
        let file = FileManager.default.temporaryDirectory.appending(path: "plain-\(UUID()).py")
        defer { try? FileManager.default.removeItem(at: file) }
        try Data("print(1)".utf8).write(to: file)
        let words = words.map { $0 == "FILE" ? file.path : $0 }
        let form = try #require(PlainRun(["sanderling", "run"] + words))
        let plain = try DirectRun(form, holding: try #require(form.plainSource))
        let parsed = try RunCommand.parse(words)
        #expect(parsed.format == .text)
        #expect(!parsed.logging.verbose)
        let run = try parsed.prepared()
        let plan = plain.preparation.plan
        #expect(plain.program == run.program)
        #expect(plan.language == run.program.language)
        #expect(plan.policy == run.policy)
        #expect(plan.limits == run.limits)
        #expect(run.compileLimits == nil)
        #expect(run.collectTo == nil)
        #expect(form.isDirect == !run.mayUseService)
        guard case .descriptor(STDIN_FILENO) = run.input else {
            Issue.record("the program reads something other than the command's own input")
            return
        }
    }

    @Test(arguments: [
        [], ["run"], ["run", ""], ["run", "-"], ["run", "--help"], ["run", "-l", "sh"], ["run", "-c", "x"],
        ["run", "-c", "x", "-l"], ["run", "-c", "--", "-l", "sh"], ["run", "-c", "x", "-l", "sh", "y.sh"],
        ["run", "x.py", "--time"],
        ["run", "x.py", "--time", "never"], ["run", "x.py", "--time", "1s", "--time", "2s"],
        ["run", "x.py", "-l", "-"],
        ["run", "x.py", "--language="], ["run", "x.py", "--network", "all"], ["run", "x.py", "--direct=1"],
        ["run", "x.py", "--format", "json"], ["run", "x.py", "-v"], ["run", "-lsh", "x.sh"],
        ["run", "x.py", "--deny-module", "os"], ["run", "x.py", "--memory=0"],
        ["run", "x.py", "y.py"], ["batch", "x.yaml"], ["help", "run"], ["--version"],
    ])
    func `every other form is the parser's`(words: [String]) {
        #expect(PlainRun(["sanderling"] + words) == nil)
    }
}
