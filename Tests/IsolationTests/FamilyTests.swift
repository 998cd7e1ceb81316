import Foundation
import SandboxModel
import SandboxProbe
import Testing

@testable import SandboxEngine
@testable import Sanderling

/// Programs of a family under its filter, however they are started, and whatever they start.
@Suite struct FamilyTests {
    /// Makes a segment and a queue of System V, puts a filter of its own on top, and says what came of each.
    private static let python = """
        import ctypes
        libc = ctypes.CDLL(None, use_errno=True)
        for call in (
            lambda: libc.shmget(0, 4096, 0o1600),
            lambda: libc.msgget(0, 0o1600),
            lambda: libc.prctl(22, 2, 0, 0, 0),
        ):
            ctypes.set_errno(0)
            print("done" if call() >= 0 else ctypes.get_errno())
        """
    private static let native = """
        #include <errno.h>
        #include <stdio.h>
        #include <sys/msg.h>
        #include <sys/prctl.h>
        #include <sys/shm.h>
        static void say(long result) { result >= 0 ? puts("done") : printf("%d\\n", errno); }
        int main(void) {
            say(shmget(IPC_PRIVATE, 4096, IPC_CREAT | 0600));
            say(msgget(IPC_PRIVATE, IPC_CREAT | 0600));
            say(prctl(PR_SET_SECCOMP, 2, 0, 0, 0));
        }
        """

    private static func expectRefused(_ result: ExecutionResult) {
        #expect(result.verdict == .ok, result.shown)
        #expect(result.output == "1\n1\n1\n", result.shown)
        #expect(Set(result.violations.map(\.name)) == ["shmget", "msgget", "prctl"], result.shown)
        #expect(result.violations.first { $0.name == "prctl" }?.arguments == ["PR_SET_SECCOMP"])
    }

    @Test func `what one family does without is refused to it and allowed to another`() async throws {
        let native = try await Probe.run(Program(language: "c", code: Self.native))
        // A filter that is none is refused by the kernel itself, as a bad address.
        #expect(native.output == "done\ndone\n14\n", native.shown)
        #expect(native.violations.isEmpty, native.shown)
        Self.expectRefused(try await Probe.python(Self.python))
    }

    @Test func `a warm interpreter has its family's filter`() async throws {
        try await Probe.pass {
            try await withSandbox { sandbox in
                for _ in 0..<200 {
                    let before = sandbox.engine.pool.statistics.warm
                    let result = try await sandbox.execute(Program(language: "python", code: Self.python))
                    Self.expectRefused(result)
                    if sandbox.engine.pool.statistics.warm > before { return }
                    try await Task.sleep(for: .milliseconds(50))
                }
                Issue.record("no interpreter ever became ready")
            }
        }
    }

    /// Both kinds wait in one pool, and neither gets the other's cell.
    @Test func `cells of two families that are made ahead are not mixed up`() async throws {
        try await Probe.pass {
            try await withSandbox(.init(compileCache: .off)) { sandbox in
                for _ in 0..<5 {
                    for (language, expected) in [("bash", "0\n"), ("lua", "1\n")] {
                        // Only util-linux's tool calls shmget, which the interpreter starts.
                        let command = "ipcmk --shmem 4096 > /dev/null 2>&1; echo $?"
                        let code =
                            language == "bash" ? command : "os.execute([[\(command)]])"
                        let result = try await sandbox.execute(Program(language: language, code: code))
                        #expect(result.output == expected, "\(language) \(result.shown)")
                        #expect(result.violations.map(\.name) == (language == "bash" ? [] : ["shmget"]))
                    }
                }
            }
        }
    }

    private static let programs = URL(filePath: #filePath)
        .appending(path: "../../Families/Programs").standardizedFileURL
    /// Programs that go through the library of a language of each narrower family.
    private static let libraries: [(file: String, language: String)] = [
        ("Library.java", "java"), ("library.awk", "awk"), ("library.js", "javascript"),
        ("library.lua", "lua"), ("library.php", "php"), ("library.pl", "perl"), ("library.r", "r"),
        ("library.rb", "ruby"), ("library.sql", "sql"), ("library.tcl", "tcl"),
    ]

    private static func run(
        _ program: Program,
        _ files: [ProgramFile] = [],
    ) async throws -> ExecutionResult {
        var program = program
        program.files = files
        return try await Probe.run(
            program,
            policy: Policy(network: .loopback, filesystem: .scratch),
            limits: Limits(
                wallTime: .seconds(120),
                cpuTime: .seconds(120),
                memory: .megabytes(2_000),
                processes: 512,
                outputOverflow: .truncate,
                disk: .megabytes(500),
                fileSize: .megabytes(500),
                openFiles: 1_024,
            ),
        )
    }

    @Test(arguments: libraries)
    func `what a language's own library calls is refused to no program`(
        file: String,
        language: String,
    ) async throws {
        let code = try String(contentsOf: Self.programs.appending(path: file), encoding: .utf8)
        let result = try await Self.run(Program(language: language, code: code))
        #expect(result.verdict == .ok, result.shown)
        #expect(result.output.hasSuffix("ok\n"), result.shown)
        #expect(result.violations.isEmpty, "\(result.violations)")
    }

    /// Lua's family has the least.
    @Test func `tools of the base system are refused nothing in the narrowest family`() async throws {
        let tools = try Data(contentsOf: Self.programs.appending(path: "tools.sh"))
        let result = try await Self.run(
            Program(language: "lua", code: "os.execute('bash tools.sh')"),
            [ProgramFile(path: "tools.sh", contents: Array(tools))],
        )
        #expect(result.verdict == .ok, result.shown)
        #expect(result.output.hasSuffix("ok\n"), result.shown)
        #expect(result.violations.isEmpty, "\(result.violations)")
    }
}
