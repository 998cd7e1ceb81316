import Foundation
import Glibc
import SandboxModel
import Sanderling
import Testing

/// Nothing is left behind, whatever happens.
///
/// Each test counts in a process of its own, where nothing else runs.
@Suite struct LeftoverTests {
    private static func descriptors() throws -> Set<String> {
        let names = try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd")
        return Set(
            names.compactMap { name in
                (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/fd/" + name)).map {
                    name + $0
                }
            }
        )
    }

    /// Sandboxes' cgroups in which `pid` is, whether or not it is alive any more, are told apart by their owner's lock.
    private static func ownCgroups(_ marker: String) -> Set<String> {
        Set(HostProcesses.withArgument(marker).flatMap(HostProcesses.cgroups))
    }

    private static let mountinfo = "/proc/self/mountinfo"

    @Test func `fifty executions of every ending leave no descriptor, process, mount or file`() async {
        await #expect(processExitsWith: .success) {
            let sandbox = try await Sandbox()
            func round() async throws {
                let limits = Limits(wallTime: .milliseconds(200), memory: .megabytes(32))
                for code in ["exit 0", "exit 1", "kill -9 $$", "sleep 1000", "sleep 1000 & exit 0"] {
                    _ = try await sandbox.execute(.bash(code), limits: limits)
                }
                _ = try? await sandbox.execute(.bash("exit 0"), limits: Limits(processes: 0))
                _ = try? await sandbox.execute(
                    Program(language: "bash", code: "", arguments: [String(repeating: "x", count: 1 << 22)])
                )
                var program = Program.bash("echo x > file")
                program.collect = ["*"]
                _ = try await sandbox.execute(
                    program,
                    stdin: .text("unread"),
                    policy: Policy(filesystem: .scratch),
                )
                _ = try await sandbox.execute(program, stdin: .sequence(AsyncStream<[UInt8]> { [65] }))
            }
            try await round()
            let before = try LeftoverTests.descriptors()
            let mounts = try String(contentsOfFile: LeftoverTests.mountinfo, encoding: .utf8)
            let files = try FileManager.default.contentsOfDirectory(atPath: "/dev/shm")
            for _ in 0..<6 { try await round() }
            // Threads that are still ending hold nothing, but a launcher's reply may be on its way.
            var after = try LeftoverTests.descriptors()
            for _ in 0..<200 where after.count != before.count {
                usleep(10_000)
                after = try LeftoverTests.descriptors()
            }
            precondition(after.count == before.count, "left: \(after.subtracting(before))")
            let holds1 = try String(contentsOfFile: LeftoverTests.mountinfo, encoding: .utf8) == mounts
            precondition(holds1)
            let holds2 = try FileManager.default.contentsOfDirectory(atPath: "/dev/shm") == files
            precondition(holds2)
            // The detector does see one more.
            let extra = open("/dev/null", O_RDONLY)
            let holds3 = try LeftoverTests.descriptors().count == before.count + 1
            precondition(holds3)
            close(extra)
            await sandbox.shutDown()
        }
    }

    @Test func `after its end a sandbox has no cgroup, launcher or descriptor`() async {
        await #expect(processExitsWith: .success) {
            let marker = "sanderling-gone-\(UInt64.random(in: 0...UInt64.max))"
            let before = try LeftoverTests.descriptors().count
            var cgroups: Set<String> = []
            try await withSandbox { sandbox in
                let program = Program(language: "bash", code: "echo here; sleep 1000", arguments: [marker])
                for try await event in sandbox.events(of: program) {
                    guard case .stdout = event else { continue }
                    cgroups = LeftoverTests.ownCgroups(marker)
                    break
                }
                precondition(cgroups.count >= 3, "the search finds cgroups: \(cgroups)")
                precondition(cgroups.allSatisfy { FileManager.default.fileExists(atPath: $0) })
            }
            var left = cgroups
            for _ in 0..<500 {
                left = Set(cgroups.map { ($0 as NSString).deletingLastPathComponent })
                    .filter { FileManager.default.fileExists(atPath: $0) }
                if left.isEmpty, HostProcesses.withArgument(marker).isEmpty,
                    try LeftoverTests.descriptors().count == before
                {
                    break
                }
                usleep(10_000)
            }
            precondition(left.isEmpty, "left: \(left)")
            precondition(HostProcesses.withArgument(marker).isEmpty)
            let open = try LeftoverTests.descriptors()
            precondition(open.count == before, "\(open)")
            precondition(waitpid(-1, nil, WNOHANG) == -1 && errno == ECHILD, "a child is left")
        }
    }

    @Test func `shutting down leaves nothing even while the sandbox is still held`() async {
        await #expect(processExitsWith: .success) {
            let marker = "sanderling-shut-\(UInt64.random(in: 0...UInt64.max))"
            let sandbox = try await Sandbox()
            let program = Program(language: "bash", code: "echo here; sleep 1000", arguments: [marker])
            var cgroups: Set<String> = []
            let (heard, signal) = AsyncStream<Void>.makeStream()
            let execution = Task {
                for try await event in sandbox.events(of: program) {
                    if case .stdout = event { signal.yield() }
                }
            }
            for await _ in heard { break }
            cgroups = Set(LeftoverTests.ownCgroups(marker).map { ($0 as NSString).deletingLastPathComponent })
            precondition(cgroups.count >= 3)
            await sandbox.shutDown()
            _ = await execution.result
            precondition(HostProcesses.withArgument(marker).isEmpty)
            let left = cgroups.filter { FileManager.default.fileExists(atPath: $0) }
            precondition(left.isEmpty, "left: \(left)")
            withExtendedLifetime(sandbox) {}
        }
    }

    @Test func `what a killed process leaves dies with it, and the next start sweeps the rest`() async throws
    {
        let result = await #expect(processExitsWith: .signal(SIGKILL), observing: [\.standardOutputContent]) {
            let marker = "sanderling-killed-\(UInt64.random(in: 0...UInt64.max))"
            let sandbox = try await Sandbox()
            let program = Program(
                language: "bash",
                code: "echo here; sleep 1000 & sleep 1000",
                arguments: [marker],
            )
            for try await event in sandbox.events(of: program) {
                guard case .stdout = event else { continue }
                print(([marker] + LeftoverTests.ownCgroups(marker)).joined(separator: "\n"))
                fflush(nil)
                kill(getpid(), SIGKILL)
            }
        }
        let output = String(decoding: try #require(result).standardOutputContent, as: UTF8.self)
        let lines = output.split(separator: "\n").map(String.init)
        let start = try #require(lines.firstIndex { $0.hasPrefix("sanderling-killed-") })
        let marker = lines[start]
        let cgroups = lines[(start + 1)...].filter { $0.hasPrefix("/sys/fs/cgroup") }
        #expect(cgroups.count >= 3)
        for _ in 0..<500 where !HostProcesses.withArgument(marker).isEmpty {
            try await Task.sleep(for: .milliseconds(10))
        }
        #expect(HostProcesses.withArgument(marker).isEmpty, "the cell dies with the library's process")
        #expect(
            cgroups.contains { FileManager.default.fileExists(atPath: $0) },
            "there is something to sweep",
        )
        try await withSandbox { _ in }
        #expect(cgroups.filter { FileManager.default.fileExists(atPath: $0) }.isEmpty)
    }

    @Test func `a sweep does not touch a living neighbour`() async throws {
        let sandbox = try await Sandbox()
        let (input, feed) = AsyncStream<[UInt8]>.makeStream()
        let program = Program.bash("echo here; read -r line; bash -c 'echo alive'")
        for try await event in sandbox.events(of: program, stdin: .sequence(input)) {
            switch event {
            case .stdout(let bytes) where bytes.starts(with: Array("here".utf8)):
                for _ in 0..<3 { try await withSandbox { _ in } }
                await #expect(processExitsWith: .success) { try await withSandbox { _ in } }
                feed.yield([10])
                feed.finish()
            case .finished(let result):
                #expect(result.verdict == .ok, result.shown)
                #expect(result.output == "here\nalive\n")
                #expect(result.isolation.missing.isEmpty)
            default: continue
            }
        }
        await sandbox.shutDown()
    }
}
