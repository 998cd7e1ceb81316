import ArgumentParser
import RunClient
import SandboxModel
import Testing

@testable import SanderlingCLI

/// What is said of command lines that cannot be right.
@Suite struct MistakeTests {
    struct Case: CustomTestStringConvertible {
        let arguments: [String]
        let message: String
        var testDescription: String { arguments.joined(separator: " ") }

        init(_ arguments: String..., says message: String) {
            self.arguments = arguments
            self.message = message
        }
    }

    @Test(arguments: [
        Case("run", says: "Give a source file, '-' for standard input, or -c"),
        Case("run", "-c", "print(1)", says: "-c needs --language"),
        Case("run", "-", says: "'-' needs --language"),
        Case("run", "-l", "python", "-c", "x", "--max-foo", "1", says: "Unknown option '--max-foo'"),
        Case("run", "-l", "python", "-c", "x", "--tiem", "5s", says: "Did you mean '--time'?"),
        Case("run", "x.py", "a", says: "Unexpected argument 'a'"),
        Case("run", "x.py", "--time", "-5s", says: "'-5s' is negative"),
        Case("run", "x.py", "--time", "0", says: "zero, which does not mean 'no limit'"),
        Case("run", "x.py", "--time", "nan", says: "every limit is a number"),
        Case("run", "x.py", "--time", "5 fortnights", says: "unknown unit 'fortnights'"),
        Case("run", "x.py", "--memory", "1", says: "too small"),
        Case("run", "x.py", "--memory", "9999999T", says: "too large"),
        Case("run", "x.py", "--cpus", "0", says: "zero"),
        Case("run", "x.py", "--cpus", "1000", says: "for 1000 per cent of one write --cpus 1000%"),
        Case("run", "x.py", "--processes", "1.5", says: "not a whole number"),
        Case("run", "x.py", "--network", "internet", says: "'none', 'loopback' or 'host'"),
        Case("run", "x.py", "--filesystem", "all", says: "'none' and 'scratch'"),
        Case("run", "x.py", "--output-overflow", "wrap", says: "'kill' and 'truncate'"),
        Case("run", "x.py", "--mount", "/usr", says: "write it as SRC:DST or SRC:DST:rw"),
        Case("run", "x.py", "--mount", "/usr:/a:x", says: "'x' is not a way to mount"),
        Case("run", "x.py", "--mount", "/usr:data", says: "must be an absolute path below /"),
        Case("run", "x.py", "--mount", "/usr:/a/../etc", says: "without '..'"),
        Case("run", "x.py", "--mount", "/nowhere-at-all:/a", says: "no file or directory '/nowhere-at-all'"),
        Case("run", "x.py", "--file", "a:/etc/passwd", says: "not a path inside the work directory"),
        Case("run", "x.py", "--file", "a:../b", says: "without '.' and '..'"),
        Case("run", "x.py", "--file", "a:../\u{301}b", says: "without '.' and '..'"),
        Case("run", "x.py", "--mount", "/usr:/a/../\u{301}b", says: "without '..'"),
        Case("run", "x.py", "--file", "a", "--file", "b/a", says: "'a' is given twice"),
        Case("run", "x.py", "--env", "PATH", says: "write it as NAME=VALUE"),
        Case("run", "x.py", "--env", "=x", says: "write it as NAME=VALUE"),
        Case("run", "x.py", "--deny-module", "os,,sys", says: "'' is not a module's name"),
        Case("run", "x.py", "--deny-module", "", says: "refuses no module"),
        Case("run", "x.py", "--deny-module", "os.*", says: "'os.*' is not a module's name"),
        Case(
            "run",
            "x.py",
            "--allow-missing",
            "seccmp",
            says: "'seccmp' is not a layer; the layers are user",
        ),
        Case("run", "x.py", "--collect", "*.png", says: "--collect needs --collect-to"),
        Case("run", "x.py", "--collect-to", "out", says: "--collect-to needs --collect"),
        Case("run", "x.py", "--tiem", "5s", says: "Unknown option '--tiem'. Did you mean '--time'?"),
        Case("batch", says: "Give the batch file to run"),
        Case(
            "batch",
            "--resume",
            "x.yaml",
            says: "put the batch file first: sanderling batch x.yaml --resume",
        ),
        Case("batch", "x.yaml", "--jobs", "0", says: "zero"),
        Case("batch", "x.yaml", "--repeat", "-1", says: "negative"),
        Case("report", "results.json", says: "--html results.html"),
    ])
    func `a mistake is named with its mend, and is a usage error`(mistake: Case) throws {
        let error = #expect(throws: (any Error).self) { try SanderlingCommand.parseAsRoot(mistake.arguments) }
        guard let error else { return }
        #expect(SanderlingCommand.message(for: error).contains(mistake.message))
        #expect(SanderlingCommand.exitCode(for: error).rawValue == ExitStatus.usage)
    }

    @Test func `a file beside the code is a mistake`() throws {
        let options = try ProgramOptions.parse(["x.py", "-c", "1", "-l", "python"])
        let error = #expect(throws: Mistake.self) { try options.source }
        #expect(error?.description.hasPrefix("give either a file or -c, not both") == true)
    }

    @Test(arguments: ["foo", "tiem", "memroy"])
    func `an option is suggested where it is near`(name: String) throws {
        let error = #expect(throws: (any Error).self) {
            try SanderlingCommand.parseAsRoot(["run", "x.py", "--\(name)"])
        }
        let text = UsageText(SanderlingCommand.fullMessage(for: try #require(error))).text
        #expect(text.contains("Unknown option '--\(name)'"))
        #expect(text.contains("Did you mean") == (name != "foo"))
    }

    @Test func `more processors than there are must be a share without its sign`() throws {
        #expect(try CPUShare(option: "1.5", processors: 2).processors == 1.5)
        #expect(try CPUShare(option: "300%", processors: 2).processors == 3)
        let error = #expect(throws: Mistake.self) { try CPUShare(option: "50", processors: 2) }
        #expect(error?.description.contains("write --cpus 50%") == true)
    }
}
