import Foundation
import Glibc
import SandboxModel
import SandboxProbe
import Sanderling
import Testing

/// Standard input in all its forms, and the events of a live execution.
@Suite struct StreamTests {
    @Test func `five megabytes go through a program unharmed`() async throws {
        let bytes = (0..<5_000_000).map { UInt8(truncatingIfNeeded: $0 &* 2_654_435_761 >> 7) }
        let result = try await Probe.run(
            .bash("cat"),
            stdin: .bytes(bytes),
            limits: Limits(output: .megabytes(6)),
        )
        #expect(result.verdict == .ok, "\(result.verdict)")
        #expect(result.stdout.bytes == bytes)
        #expect(result.usage.output.bytes == 5_000_000)
    }

    @Test func `a program that never reads its input ends as it likes`() async throws {
        let result = try await Probe.run(
            .bash("echo done"),
            stdin: .bytes(Array(repeating: 65, count: 5_000_000)),
        )
        #expect(result.verdict == .ok, result.shown)
        #expect(result.output == "done\n")
    }

    @Test func `a program that closes its input early ends as it likes`() async throws {
        let result = try await Probe.run(
            .bash("head -c 10; exec 0<&-; sleep 0.2; echo; echo done"),
            stdin: .bytes(Array(repeating: 65, count: 5_000_000)),
        )
        #expect(result.lines == ["AAAAAAAAAA", "done"], result.shown)
    }

    /// As the catalogue's attack does it; the pipes of an ordinary user's program are its own to open.
    @Test func `nobody waits for a byte that the program has taken back`() async {
        await #expect(processExitsWith: .success) {
            let attack = "Sources/Catalogue/Cases/verdicts/output-taken-back-while-it-is-read/main.c"
            let package = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../..")
            let code = try String(contentsOf: package.appending(path: attack), encoding: .utf8)
            let directory = try OrdinaryUser.become()
            defer { try? FileManager.default.removeItem(atPath: directory) }
            var policy = Policy()
            policy.allowMissing = OrdinaryUser.withoutCgroups
            let result = try await withSandbox(.init(compileCache: .off, readyCells: 0)) { sandbox in
                try await sandbox.execute(Program(language: "c", code: code), policy: policy)
            }
            #expect(result.verdict == .ok, result.shown)
            #expect(result.output.contains("tried "), result.shown)
            #expect(!result.output.contains("BREACH"), result.shown)
        }
    }

    @Test(arguments: ["bash", "python", "c"])
    func `joined outputs come in the order they were written`(_ language: String) async throws {
        let sources = [
            "bash": "echo a; echo b >&2; echo c; kill -SEGV $$",
            "python":
                "import os, signal\nfor n, s in enumerate([b'a', b'b', b'c']): os.write(1 + n % 2, s + b'\\n')\n"
                + "os.kill(os.getpid(), signal.SIGSEGV)",
            "c": "#include <unistd.h>\n#include <signal.h>\n"
                + "int main(void) { write(1, \"a\\n\", 2); write(2, \"b\\n\", 2); write(1, \"c\\n\", 2); raise(SIGSEGV); }",
        ]
        var program = Program(language: language, code: try #require(sources[language]))
        program.joinsOutputs = true
        let result = try await Probe.run(program)
        #expect(result.lines == ["a", "b", "c"], result.shown)
        #expect(result.stderr.bytes.isEmpty)
        // It is the program itself that ended, not a shell around it.
        #expect(result.termination == .signaled(11))
    }

    @Test func `without input a program finds its end`() async throws {
        let result = try await Probe.run(.bash("wc -c"))
        #expect(result.output == "0\n", result.shown)
    }

    @Test func `a descriptor of the caller's is read and stays the caller's`() async throws {
        var ends: [Int32] = [-1, -1]
        try #require(pipe(&ends) == 0)
        let text = Array("from a pipe\n".utf8)
        #expect(write(ends[1], text, text.count) == text.count)
        close(ends[1])
        let result = try await Probe.run(.bash("cat"), stdin: .descriptor(ends[0]))
        #expect(result.output == "from a pipe\n", result.shown)
        #expect(fcntl(ends[0], F_GETFD) >= 0, "still open")
        close(ends[0])
    }

    @Test func `a file is read to its end`() async throws {
        let file = open("/proc/self/exe", O_RDONLY | O_CLOEXEC)
        var status = stat()
        fstat(file, &status)
        let result = try await Probe.run(.bash("head -c 3000000 | wc -c"), stdin: .descriptor(file))
        #expect(result.output == "\(min(3_000_000, status.st_size))\n", result.shown)
        close(file)
    }

    @Test func `a program that ends before its endless input does is over`() async throws {
        let endless = AsyncStream<[UInt8]> { Array(repeating: 66, count: 100_000) }
        let result = try await Probe.run(.bash("head -c 5; exit 3"), stdin: .sequence(endless))
        #expect(result.exitCode == 3, result.shown)
        #expect(result.output == "BBBBB")
    }

    @Test func `a sequence that fails ends the input`() async throws {
        struct Failure: Error {}
        let failing = AsyncThrowingStream<[UInt8], any Error> { continuation in
            continuation.yield(Array("some\n".utf8))
            continuation.finish(throwing: Failure())
        }
        let result = try await Probe.run(.bash("cat"), stdin: .sequence(failing))
        #expect(result.verdict == .ok, result.shown)
        #expect(result.output == "some\n")
    }

    // MARK: Events

    @Test func `output is seen while the program still runs, and events come in order`() async throws {
        let sandbox = try await Probe.shared
        let (input, feed) = AsyncStream<[UInt8]>.makeStream()
        let program = Program.bash(
            "echo first; read -r line; echo \"got $line\" >&2; read -r line; echo \"then $line\""
        )
        var order: [String] = []
        try await Probe.pass {
            for try await event in sandbox.events(of: program, stdin: .sequence(input)) {
                switch event {
                case .started(let stage): order.append("started \(stage)")
                case .stdout(let bytes):
                    order.append(String(decoding: bytes, as: UTF8.self))
                    // The program waits for this, so its output came before its end.
                    feed.yield(Array("one\n".utf8))
                case .stderr(let bytes):
                    order.append(String(decoding: bytes, as: UTF8.self))
                    feed.yield(Array("two\n".utf8))
                    feed.finish()
                case .finished(let result):
                    order.append("finished \(result.verdict)")
                    #expect(result.output == "first\nthen two\n")
                }
            }
        }
        #expect(order == ["started run", "first\n", "got one\n", "then two\n", "finished ok"])
    }

    @Test func `both stages tell of their start`() async throws {
        let sandbox = try await Probe.shared
        var stages: [Stage] = []
        try await Probe.pass {
            for try await event in sandbox.events(of: .c("int main(void) { return 0; }")) {
                if case .started(let stage) = event { stages.append(stage) }
            }
        }
        #expect(stages == [.compile, .run])
    }

    @Test func `a refused request is the stream's error`() async throws {
        let sandbox = try await Probe.shared
        await #expect(throws: SandboxError.self) {
            for try await _ in sandbox.events(of: .bash(""), limits: Limits(processes: 0)) {}
        }
    }

    @Test func `breaking out of the stream ends the program`() async throws {
        let marker = "sanderling-break-\(UInt64.random(in: 0...UInt64.max))"
        let sandbox = try await Probe.shared
        let program = Program(language: "bash", code: "echo here; sleep 1000", arguments: [marker])
        try await Probe.pass {
            for try await event in sandbox.events(of: program, limits: Limits(wallTime: .seconds(600))) {
                if case .stdout = event {
                    #expect(!HostProcesses.withArgument(marker).isEmpty, "the search finds a live one")
                    break
                }
            }
        }
        // Bounded by the suite's own patience: the wall clock is far beyond it.
        for _ in 0..<1_000 where !HostProcesses.withArgument(marker).isEmpty {
            try await Task.sleep(for: .milliseconds(10))
        }
        #expect(HostProcesses.withArgument(marker).isEmpty)
    }
}
