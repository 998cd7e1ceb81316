import Foundation
import SandboxModel
import SandboxProbe
import Testing

/// Files that come out, from a program that makes it hard.
@Suite struct CollectedFileTests {
    private func collect(_ code: String, _ patterns: [String], limits: Limits = Limits()) async throws
        -> ExecutionResult
    {
        var program = Program.python(code)
        program.collect = patterns
        return try await Probe.run(program, policy: Policy(filesystem: .scratch), limits: limits)
    }

    @Test func `files come out by pattern, with their contents`() async throws {
        let result = try await collect(
            """
            import os
            os.makedirs("out/deep/er")
            for path, text in {"a.txt": "A", "out/b.txt": "B", "out/deep/er/c.txt": "C", "out/d.bin": "D"}.items():
                with open(path, "w") as file: file.write(text)
            with open("out/big.bin", "wb") as file: file.write(bytes(range(256)) * 1000)
            """,
            ["**/*.txt", "out/*.bin"],
        )
        #expect(result.verdict == .ok, result.shown)
        #expect(
            result.files.map(\.path) == [
                "a.txt", "out/b.txt", "out/big.bin", "out/d.bin", "out/deep/er/c.txt",
            ]
        )
        #expect(result.files.first?.contents == [65])
        #expect(result.files[2].contents.count == 256_000)
        #expect(result.files[2].contents.suffix(2) == [254, 255])
    }

    @Test func `nothing but regular files comes out, and no link is followed`() async throws {
        let result = try await collect(
            """
            import os, socket
            os.symlink("/etc/passwd", "link")
            os.symlink("/etc", "directory")
            os.symlink("/proc/1/root", "root")
            os.mkfifo("fifo")
            s = socket.socket(socket.AF_UNIX)
            s.bind("socket")
            with open("real", "w") as file: file.write("real")
            os.link("real", "hard")
            """,
            ["**"],
        )
        #expect(result.verdict == .ok, result.shown)
        #expect(Set(result.files.map(\.path)) == ["hard", "main.py", "real"])
        #expect(result.files.first?.contents == Array("real".utf8))
    }

    @Test func `a name with a newline comes out as it is`() async throws {
        let result = try await collect(
            "open('a\\nb', 'w').write('x')\nopen(b'\\xff', 'w').write('y')",
            ["a*"],
        )
        #expect(result.files.map(\.path) == ["a\nb"])
        #expect(result.filesComplete)
    }

    @Test func `names that are not UTF-8 come out apart from each other`() async throws {
        let result = try await collect(
            "for name in (b'a\\xff', b'a\\xfe', b'a\\\\\\xfe', b'a\\\\'): open(name, 'wb').write(name)",
            ["a*"],
        )
        #expect(result.files.map(\.path) == [#"a\"#, #"a\\\xfe"#, #"a\xfe"#, #"a\xff"#], result.shown)
        #expect(result.files.map(\.contents.count) == [2, 3, 2, 2])
        #expect(result.filesComplete)
    }

    @Test func `a huge file that takes no room does not fill the host's memory`() async throws {
        let result = try await collect(
            """
            import os
            with open("sparse", "wb") as file: os.truncate(file.fileno(), 60_000_000)
            with open("small", "w") as file: file.write("small")
            """,
            ["**"],
            limits: Limits(disk: .bytes(8 << 20)),
        )
        #expect(result.verdict == .ok, result.shown)
        #expect(result.files.reduce(0) { $0 + $1.contents.count } <= 8 << 20)
        #expect(result.files.contains { $0.path == "small" })
        #expect(!result.filesComplete)
    }

    @Test func `directories within directories end somewhere`() async throws {
        let result = try await collect(
            """
            import os
            for _ in range(500):
                os.mkdir("d")
                os.chdir("d")
            open("deep", "w").write("x")
            """,
            ["**"],
        )
        #expect(result.verdict == .ok, result.shown)
        #expect(result.files.map(\.path) == ["main.py"])
        #expect(!result.filesComplete)
    }

    @Test func `a file comes out of a program that was killed`() async throws {
        let result = try await collect(
            "open('partial', 'w').write('so far')\nimport time\ntime.sleep(1000)",
            ["partial"],
            limits: Limits(wallTime: .seconds(3)),
        )
        #expect(result.verdict == .wallTimeExceeded, result.shown)
        #expect(result.files.map(\.path) == ["partial"])
    }

    @Test func `files that cannot be read do not stop the others`() async throws {
        let result = try await collect(
            """
            import os
            os.mkdir("closed")
            open("closed/in", "w").write("x")
            open("secret", "w").write("x")
            open("z", "w").write("z")
            os.chmod("secret", 0)
            os.chmod("closed", 0)
            """,
            ["**"],
        )
        #expect(result.verdict == .ok, result.shown)
        #expect(result.files.contains { $0.path == "z" }, "\(result.files.map(\.path))")
    }
}
