import SandboxModel
import SandboxProbe
import Sanderling
import Testing

/// Requests that are refused before anything runs.
@Suite struct RequestTests {
    private func refusal(
        of program: Program = .bash("echo ran"),
        policy: Policy = Policy(),
        limits: Limits = Limits(),
        compileLimits: Limits? = nil,
    ) async throws -> SandboxError {
        try await #require(throws: SandboxError.self) {
            try await Probe.run(program, policy: policy, limits: limits, compileLimits: compileLimits)
        }
    }

    @Test(arguments: ["../x", "a/../b", "/abs", "", ".", "a//b", "a/", "./a", "a\0b", ".."])
    func `a file's path must stay below the work directory`(path: String) async throws {
        var program = Program.bash("echo ran")
        program.files = [ProgramFile(path: path, contents: [])]
        let error = try await refusal(of: program)
        #expect(error.code == .invalidRequest)
        #expect(error.message.contains("is no path for a program's file"), "\(error)")
        program = Program.bash("echo ran")
        program.sourceName = path
        #expect(try await refusal(of: program).code == .invalidRequest)
    }

    @Test func `a NUL byte has no place in arguments and environment`() async throws {
        var program = Program(language: "bash", code: "echo ran", arguments: ["a\0b"])
        #expect(try await refusal(of: program).message.contains("NUL"))
        program.arguments = []
        for (name, value) in [("A\0", "x"), ("A", "x\0y")] {
            program.environment = [name: value]
            #expect(try await refusal(of: program).message.contains("NUL"))
        }
        for name in ["", "A=B"] {
            program.environment = [name: "x"]
            #expect(try await refusal(of: program).message.contains("no name for an environment variable"))
        }
    }

    private static let badLimits: [(name: String, limits: Limits)] = [
        ("wall_time", Limits(wallTime: .zero)), ("wall_time", Limits(wallTime: .seconds(-1))),
        ("cpu_time", Limits(cpuTime: .zero)), ("cpu_time", Limits(cpuTime: .seconds(1 << 40))),
        ("cpu_share", Limits(cpuShare: 0)), ("cpu_share", Limits(cpuShare: -1)),
        ("cpu_share", Limits(cpuShare: .nan)),
        ("cpu_share", Limits(cpuShare: .infinity)), ("memory", Limits(memory: .bytes(0))),
        ("memory", Limits(memory: .bytes(-1))), ("memory", Limits(memory: .bytes(.max))),
        ("processes", Limits(processes: 0)), ("processes", Limits(processes: -1)),
        ("output", Limits(output: .bytes(0))),
        ("disk", Limits(disk: .bytes(0))), ("file_size", Limits(fileSize: .bytes(0))),
        ("open_files", Limits(openFiles: 0)), ("stack", Limits(stack: .bytes(0))),
        ("stack", Limits(stack: .bytes(.max))),
    ]

    @Test(arguments: badLimits.indices)
    func `a limit outside its range is refused by name`(index: Int) async throws {
        let (name, limits) = Self.badLimits[index]
        let error = try await refusal(limits: limits)
        #expect(error.code == .invalidRequest)
        #expect(error.message.hasPrefix(name + " "), "\(error)")
        #expect(
            try await refusal(of: .c("int main(void) {}"), compileLimits: limits).message == error.message
        )
    }

    @Test(arguments: [
        "/usr", "/usr/", "//usr", "/usr/.", "/data/../usr", "/data/..", "/", "//", "/.", "/proc",
        "/proc/self", "/proc/sys",
        "/etc", "/dev", "/bin", "/lib", "/work", "/tmp", "/sanderling", "/sanderling/guard", "relative", "",
        "/a\0b",
        // To the kernel a step upwards, and to Swift a name with a mark in it.
        "/../\u{301}data", "/data/../\u{301}x",
    ])
    func `a mount cannot take the place of the sandbox's own`(destination: String) async throws {
        let policy = Policy(mounts: [Mount(source: "/var", destination: destination)])
        #expect(try await refusal(policy: policy).code == .invalidRequest)
    }

    @Test func `a mount of nothing is refused`() async throws {
        let policy = Policy(mounts: [Mount(source: "/no/such/place", destination: "/data")])
        let error = try await refusal(policy: policy)
        #expect(error.message == "there is no '/no/such/place' to mount")
        let relative = Policy(mounts: [Mount(source: "etc", destination: "/data")])
        #expect(try await refusal(policy: relative).message.contains("absolute"))
    }

    @Test func `a language that nobody defined is refused`() async throws {
        #expect(try await refusal(of: Program(language: "klingon", code: "")).code == .unknownLanguage)
        #expect(try await refusal(of: Program(language: "../python", code: "")).code == .unknownLanguage)
    }

    @Test func `two files with one path are refused`() async throws {
        var program = Program.bash("echo ran")
        program.files = [ProgramFile(path: "a", contents: []), ProgramFile(path: "a", contents: [])]
        #expect(try await refusal(of: program).message == "two files have the path 'a'")
        program.files = [ProgramFile(path: "a", contents: []), ProgramFile(path: "a/b", contents: [])]
        #expect(try await refusal(of: program).message == "'a' is a file's path, and the directory of 'a/b'")
        program.files = [ProgramFile(path: "a/b", contents: []), ProgramFile(path: "a/c", contents: [])]
        #expect(try await Probe.run(program).output == "ran\n")
    }

    @Test func `a file's name that is too long is refused`() async throws {
        var program = Program.bash("echo ran")
        program.files = [ProgramFile(path: String(repeating: "a", count: 256), contents: [])]
        #expect(try await refusal(of: program).message.hasSuffix("is too long"))
    }

    @Test func `arguments that no program can take are refused`() async throws {
        let program = Program(
            language: "bash",
            code: "",
            arguments: [String(repeating: "x", count: 4 << 20)],
        )
        let error = try await refusal(of: program)
        #expect(error.code == .invalidRequest)
        #expect(error.message.contains("too long"))
    }

    @Test func `after a refusal the sandbox goes on`() async throws {
        _ = try await refusal(limits: Limits(processes: 0))
        #expect(try await Probe.run(.bash("echo ran")).output == "ran\n")
    }

    @Test func `a sandbox that was shut down refuses`() async throws {
        let sandbox = try await Sandbox()
        await sandbox.shutDown()
        await sandbox.shutDown()
        let error = await #expect(throws: SandboxError.self) { try await sandbox.execute(.bash("echo ran")) }
        #expect(error?.code == .launcherUnavailable)
    }
}
