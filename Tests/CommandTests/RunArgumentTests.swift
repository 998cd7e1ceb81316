import ArgumentParser
import SandboxModel
import Sanderling
import Testing

@testable import SanderlingCLI

/// What the options of `sanderling run` become.
@Suite struct RunArgumentTests {
    private func run(_ arguments: String...) throws -> RunCommand { try RunCommand.parse(arguments) }

    @Test func `without options a program has the default limits and may reach nothing`() throws {
        let command = try run("hello.py")
        #expect(command.limits.limits == Limits())
        #expect(command.policy.policy == Policy())
        #expect(command.compileLimits.limits(over: .compileDefaults) == nil)
        #expect(try command.source.source == .file("hello.py"))
        #expect(command.format == .text)
        #expect(command.cache.configuration(in: .namespaces).compileCache == CompileCacheConfiguration())
        #expect(try run("hello.c", "--no-cache").cache.configuration(in: .namespaces).compileCache == .off)
    }

    @Test func `every limit reaches its own field`() throws {
        let command = try run(
            "x.py",
            "--time",
            "500ms",
            "--cpu-time",
            "2m",
            "--memory",
            "100M",
            "--cpus",
            "50%",
            "--processes",
            "7",
            "--output-limit",
            "64KiB",
            "--output-overflow",
            "truncate",
            "--disk",
            "1GiB",
            "--file-size",
            "3MB",
            "--open-files",
            "99",
            "--stack",
            "16MiB",
        )
        #expect(
            command.limits.limits
                == Limits(
                    wallTime: .milliseconds(500),
                    cpuTime: .seconds(120),
                    cpuShare: 0.5,
                    memory: .megabytes(100),
                    processes: 7,
                    output: .bytes(65_536),
                    outputOverflow: .truncate,
                    disk: .mebibytes(1_024),
                    fileSize: .megabytes(3),
                    openFiles: 99,
                    stack: .mebibytes(16),
                )
        )
    }

    @Test(arguments: [("60s", 60), ("2s", 10)])
    func `processor time follows a longer wall time`(time: String, seconds: Int) throws {
        #expect(try run("x.py", "--time", time).limits.limits.cpuTime == .seconds(seconds))
    }

    @Test func `the compiler's limits are set over the language's own`() throws {
        let command = try run("x.c", "--compile-time", "5m", "--compile-memory", "3GB")
        var expected = Limits.compileDefaults
        expected.wallTime = .seconds(300)
        expected.cpuTime = .seconds(300)
        expected.memory = .megabytes(3_000)
        #expect(command.compileLimits.limits(over: .compileDefaults) == expected)
    }

    @Test func `every line of the policy reaches its own field`() throws {
        let policy = try run(
            "x.py",
            "--network",
            "loopback",
            "--filesystem",
            "scratch",
            "--mount",
            "/usr:/data",
            "--mount",
            "/tmp:/out:rw",
            "--deny-module",
            "os,sys",
            "--deny-module",
            "urllib.request",
            "--allow-module",
            "math",
            "--allow-missing",
            "seccomp_recording,cpu-share-limit",
        ).policy.policy
        #expect(
            policy
                == Policy(
                    network: .loopback,
                    filesystem: .scratch,
                    mounts: [
                        Mount(source: "/usr", destination: "/data"),
                        Mount(source: "/tmp", destination: "/out", writable: true),
                    ],
                    modules: ModulePolicy(denied: ["os", "sys", "urllib.request"], allowed: ["math"]),
                    allowMissing: [.seccompRecording, .cpuShareLimit],
                )
        )
    }

    @Test func `an empty allow list allows nothing`() throws {
        let modules = try run("x.py", "--allow-module", "").policy.policy.modules
        #expect(modules.allowed == [])
        #expect(modules.isRestricting)
    }

    @Test func `a list of modules may have blanks after its commas`() throws {
        let modules = try run("x.py", "--allow-module", "math, json").policy.policy.modules
        #expect(modules.allowed == ["math", "json"])
    }

    @Test func `the program reads the command's input, also by its name`() throws {
        for arguments in [["x.py"], ["x.py", "--stdin", "-"]] {
            let materials = try RunCommand.parse(arguments).materials
            guard case .descriptor(0) = try materials.input(programIsOnInput: false) else {
                Issue.record("another input for \(arguments)")
                continue
            }
        }
        let both = try run("-", "-l", "bash", "--stdin", "-").materials
        #expect(throws: Mistake.self) { try both.input(programIsOnInput: true) }
        guard case .empty = try run("-", "-l", "bash").materials.input(programIsOnInput: true) else {
            Issue.record("the program's source is its input as well")
            return
        }
    }

    @Test func `what follows the two hyphens is the program's`() throws {
        let command = try run("x.py", "--time", "1s", "--", "--time", "-c", "b", "--")
        #expect(command.arguments == ["--time", "-c", "b", "--"])
        #expect(command.limits.time == .seconds(1))
    }

    @Test func `code may look like an option`() throws {
        let command = try run("-c", "--x", "--language", "python", "--", "a")
        #expect(try command.source.source == .code("--x"))
        #expect(command.source.language == "python")
        #expect(command.arguments == ["a"])
    }

    @Test func `a hyphen is standard input`() throws {
        #expect(try run("-", "-l", "bash").source.source == .standardInput)
    }

    @Test func `files, variables and patterns may be given more than once`() throws {
        let materials = try run(
            "x.py",
            "--file",
            "a/b.csv",
            "--file",
            "c:in/d",
            "--env",
            "A=1",
            "--env",
            "B=x=y",
            "--collect",
            "*.png",
            "--collect",
            "*.txt",
            "--collect-to",
            "out",
            "--stdin",
            "in.txt",
        ).materials
        #expect(materials.files.map(\.source) == ["a/b.csv", "c"])
        #expect(materials.files.map(\.destination) == ["b.csv", "in/d"])
        #expect(materials.environment.map(\.name) == ["A", "B"])
        #expect(materials.environment.map(\.value) == ["1", "x=y"])
        #expect(materials.collect == ["*.png", "*.txt"])
        #expect(materials.collectTo == "out")
        #expect(materials.stdin == "in.txt")
    }
}
