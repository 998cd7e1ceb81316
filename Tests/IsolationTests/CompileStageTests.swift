import SandboxModel
import SandboxProbe
import Testing

/// Compiling, under limits of its own.
@Suite struct CompileStageTests {
    @Test func `a program that does not compile has the compiler's own words and code`() async throws {
        let result = try await Probe.run(.c("int main(void) { return undeclared; }"))
        #expect(result.verdict == .compileFailed, result.shown)
        #expect(result.termination == nil)
        #expect(result.compile?.termination == .exited(code: 1))
        #expect(result.compile?.stderr.text?.contains("undeclared") == true)
        #expect(result.evidence?.source == "compile: wait status")
        #expect(result.errorMessage == "the program did not compile")
        #expect(result.stdout.bytes.isEmpty)
        #expect(result.compile?.limitExceeded == nil)
    }

    @Test(arguments: FilesystemAccess.allCases)
    func `what was compiled runs`(filesystem: FilesystemAccess) async throws {
        let result = try await Probe.run(
            .c("#include <stdio.h>\nint main(void) { puts(\"compiled\"); return 4; }"),
            policy: Policy(filesystem: filesystem),
        )
        #expect(result.exitCode == 4, result.shown)
        #expect(result.output == "compiled\n")
        #expect(result.compile?.termination == .exited(code: 0))
        #expect((result.compile?.usage.cpuTime ?? .zero) > .zero)
        #expect((result.compile?.usage.processes ?? 0) > 1)
    }

    @Test func `a program's options reach its compiler, and are refused where there is none`() async throws {
        var program = Program.c("#include <stdio.h>\nint main(void) { puts(WORD); return 0; }")
        program.compilerOptions = ["-DWORD=\"given here\""]
        #expect(try await Probe.run(program).output == "given here\n")
        var script = Program.bash("echo")
        script.compilerOptions = ["-x"]
        let error = await #expect(throws: SandboxError.self) { try await Probe.run(script) }
        #expect(error?.code == .invalidRequest)
    }

    @Test func `a warning is not lost`() async throws {
        let result = try await Probe.run(.c("#warning look here\nint main(void) { return 0; }"))
        #expect(result.verdict == .ok, result.shown)
        #expect(result.compile?.stderr.text?.contains("look here") == true)
    }

    @Test func `the program cannot write where it was compiled`() async throws {
        let source = """
            #include <errno.h>
            #include <fcntl.h>
            #include <stdio.h>
            #include <sys/stat.h>
            int main(void) {
                const char *paths[] = {"/work/x", "/work/main.c", "/tmp/x", "/dev/shm/x"};
                for (int i = 0; i < 4; i++)
                    if (open(paths[i], O_CREAT | O_WRONLY, 0600) >= 0) printf("wrote %s\\n", paths[i]);
                if (chmod("/work/main.c", 0777) == 0) puts("chmod");
                if (mkdir("/work/d", 0700) == 0) puts("mkdir");
                return 0;
            }
            """
        let result = try await Probe.run(.c(source))
        #expect(result.verdict == .ok, result.shown)
        #expect(result.output.isEmpty, result.shown)
    }

    private static let bombs: [(name: String, source: String, limits: Limits, hit: LimitName)] = [
        (
            "time",
            (0..<4).map {
                "#define A\($0 + 1) A\($0) A\($0) A\($0) A\($0) A\($0) A\($0) A\($0) A\($0) A\($0) A\($0)"
            }
            .joined(separator: "\n")
                + "\n#define A0 +1 +1 +1 +1 +1 +1 +1 +1 +1 +1\nint x = 0 A4 A4 A4 A4;\nint main(void) { return 0; }",
            Limits(wallTime: .seconds(30), cpuTime: .milliseconds(200), memory: .megabytes(1_000)), .cpuTime,
        ),
        (
            "memory",
            "char *words[] = {"
                + String(repeating: "\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\",\n", count: 100_000)
                + "};\nint main(void) { return 0; }",
            Limits(memory: .megabytes(10)), .memory,
        ),
    ]

    @Test(arguments: bombs.indices)
    func `a compile bomb meets the compile stage's limits`(index: Int) async throws {
        let bomb = Self.bombs[index]
        let result = try await Probe.run(.c(bomb.source), compileLimits: bomb.limits)
        #expect(result.verdict == .compileFailed, "\(bomb.name): \(result.shown)")
        #expect(result.compile?.limitExceeded?.limit == bomb.hit, "\(bomb.name): \(result.shown)")
        #expect(result.termination == nil)
        #expect(result.compile?.limits == bomb.limits)
        #expect(result.limits == Limits())
    }

    @Test func `a compiler that fills its disk fails, and says why`() async throws {
        // Gcc removes what it could not finish, so the file system that init finds is not full any more.
        let result = try await Probe.run(
            .c("__asm__(\".data\\n.fill 20000000, 1, 1\");\nint main(void) { return 0; }"),
            compileLimits: Limits(memory: .megabytes(1_000), disk: .megabytes(8)),
        )
        #expect(result.verdict == .compileFailed, result.shown)
        #expect(result.compile?.stderr.text?.contains("No space left on device") == true, result.shown)
    }

    @Test func `the run stage's limits do not hold the compiler back, nor the other way round`() async throws
    {
        let tight = Limits(memory: .megabytes(8), processes: 1)
        let result = try await Probe.run(.c("int main(void) { return 0; }"), limits: tight)
        #expect(result.verdict == .ok, result.shown)
        let allocating = """
            #include <stdlib.h>
            #include <string.h>
            int main(void) { for (;;) memset(malloc(1 << 20), 1, 1 << 20); }
            """
        let bomb = try await Probe.run(.c(allocating), limits: tight)
        #expect(bomb.verdict == .memoryExceeded, bomb.shown)
    }

    @Test func `the compiler has no network and sees no file of the host's`() async throws {
        let result = try await Probe.run(
            .c("#include \"/etc/shadow\"\n#include \"/proc/1/environ\"\nint main(void) {}")
        )
        #expect(result.verdict == .compileFailed)
        let diagnostics = result.compile?.stderr.text ?? ""
        #expect(
            diagnostics.contains("No such file") || diagnostics.contains("ermission denied"),
            result.shown,
        )
        #expect(!diagnostics.contains("root:"), result.shown)
    }
}
