import Foundation
import Glibc
import LinuxKernel
import SandboxModel
import SandboxProbe
import Synchronization
import Testing

@testable import SandboxEngine
@testable import Sanderling

/// Nothing is left behind, whatever happens.
///
/// Each test counts in a process of its own, where nothing else runs.
@Suite struct LeftoverTests {
    /// This process's descriptors, without those that the Dispatch library opens for itself when it likes.
    private static func descriptors() throws -> Set<String> {
        let names = try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd")
        let shown = names.compactMap { name in
            (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/fd/" + name)).map {
                name + $0
            }
        }
        return Set(shown.filter { !$0.hasSuffix("[timerfd]") && !$0.hasSuffix("[eventpoll]") })
    }

    /// The same, once there are no more than `count`, or at last: threads that are still ending may hold some.
    private static func descriptors(atMost count: Int) async throws -> Set<String> {
        var left = try descriptors()
        for _ in 0..<6_000 where left.count > count {
            try await Task.sleep(for: .milliseconds(10))
            left = try descriptors()
        }
        return left
    }

    /// Waits until `names` are `before` again and no more, and demands it: whatever else runs here may come and go meanwhile.
    private static func demandNone(
        beyond before: Set<String>,
        of names: () throws -> Set<String>,
        line: Int = #line,
    ) async throws {
        var left = try names().subtracting(before)
        for _ in 0..<6_000 where !left.isEmpty {
            try await Task.sleep(for: .milliseconds(10))
            left = try names().subtracting(before)
        }
        demand(left.isEmpty, "left: \(left)", line: line)
    }

    private static func mounts() throws -> Set<String> {
        let text = try String(contentsOfFile: "/proc/self/mountinfo", encoding: .utf8)
        return Set(text.split(separator: "\n").map(String.init))
    }

    /// What is in the host's shared memory, without the directories of fences and containers, which tests beside this one make:
    /// no cell has one.
    private static func sharedMemoryFiles() throws -> Set<String> {
        let names = try FileManager.default.contentsOfDirectory(atPath: "/dev/shm")
        return Set(
            names.filter { !$0.hasPrefix("sanderling-fences-") && !$0.hasPrefix("sanderling-containers-") }
        )
    }

    /// Sandboxes' cgroups in which `pid` is, whether or not it is alive any more, are told apart by their owner's lock.
    private static func ownCgroups(_ marker: String) -> Set<String> {
        Set(HostProcesses.withArgument(marker).flatMap(HostProcesses.cgroups))
    }

    /// Runs `body` and says what it throws, which the end of a process alone would not.
    private static func telling(_ body: () async throws -> Void) async {
        do { try await body() } catch { demand(false, "\(error)") }
    }

    /// Ends this process when a condition does not hold, and says on the standard error of the test's own process why.
    private static func demand(
        _ condition: Bool,
        _ message: @autoclosure () -> String = "",
        line: Int = #line,
    ) {
        if condition { return }
        let parent = open("/proc/\(getppid())/fd/2", O_WRONLY)
        let text = Array("LeftoverTests.swift:\(line): \(message())\n".utf8)
        _ = write(parent, text, text.count)
        exit(1)
    }

    @Test func `fifty executions of every ending leave no descriptor, process, mount or file`() async {
        await #expect(processExitsWith: .success) {
            await LeftoverTests.telling {
                // What a sandbox keeps ready is no leftover; that it goes with the sandbox, the last lines see.
                let sandbox = try await Sandbox(configuration: .init(readyCells: 0))
                func round(in sandbox: Sandbox) async throws {
                    let limits = Limits(wallTime: .milliseconds(200), memory: .megabytes(32))
                    for code in ["exit 0", "exit 1", "kill -9 $$", "sleep 1000", "sleep 1000 & exit 0"] {
                        _ = try await sandbox.execute(.bash(code), limits: limits)
                    }
                    _ = try? await sandbox.execute(.bash("exit 0"), limits: Limits(processes: 0))
                    _ = try? await sandbox.execute(
                        Program(
                            language: "bash",
                            code: "",
                            arguments: [String(repeating: "x", count: 1 << 22)],
                        )
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
                try await round(in: sandbox)
                let before = try LeftoverTests.descriptors()
                let mounts = try LeftoverTests.mounts()
                let files = try LeftoverTests.sharedMemoryFiles()
                for _ in 0..<6 { try await round(in: sandbox) }
                var after = try await LeftoverTests.descriptors(atMost: before.count)
                LeftoverTests.demand(after.count <= before.count, "left: \(after.subtracting(before))")
                try await LeftoverTests.demandNone(beyond: mounts, of: LeftoverTests.mounts)
                try await LeftoverTests.demandNone(beyond: files, of: LeftoverTests.sharedMemoryFiles)
                // The detector does see one more.
                after = try LeftoverTests.descriptors()
                let extra = open("/dev/null", O_RDONLY)
                LeftoverTests.demand(try LeftoverTests.descriptors().count == after.count + 1)
                close(extra)
                try await withSandbox { keeping in
                    for _ in 0..<3 { try await round(in: keeping) }
                }
                after = try await LeftoverTests.descriptors(atMost: before.count)
                LeftoverTests.demand(after.count <= before.count, "left: \(after.subtracting(before))")
                await sandbox.shutDown()
            }
        }
    }

    @Test func `after its end a sandbox has no cgroup, launcher or descriptor`() async {
        await #expect(processExitsWith: .success) {
            await LeftoverTests.telling {
                let marker = "sanderling-gone-\(UInt64.random(in: 0...UInt64.max))"
                let before = try LeftoverTests.descriptors()
                var cgroups: Set<String> = []
                try await withSandbox { sandbox in
                    let program = Program(
                        language: "bash",
                        code: "echo here; sleep 1000",
                        arguments: [marker],
                    )
                    for try await event in sandbox.events(of: program) {
                        guard case .stdout = event else { continue }
                        cgroups = LeftoverTests.ownCgroups(marker)
                        LeftoverTests.demand(
                            cgroups.allSatisfy { FileManager.default.fileExists(atPath: $0) },
                            "\(cgroups)",
                        )
                        break
                    }
                    LeftoverTests.demand(cgroups.count >= 3, "the search finds cgroups: \(cgroups)")
                }
                var left = cgroups
                for _ in 0..<500 {
                    left = Set(cgroups.map { ($0 as NSString).deletingLastPathComponent })
                        .filter { FileManager.default.fileExists(atPath: $0) }
                    if left.isEmpty, HostProcesses.withArgument(marker).isEmpty,
                        try LeftoverTests.descriptors().count <= before.count
                    {
                        break
                    }
                    usleep(10_000)
                }
                LeftoverTests.demand(left.isEmpty, "left: \(left)")
                LeftoverTests.demand(HostProcesses.withArgument(marker).isEmpty, "a process is left")
                let open = try LeftoverTests.descriptors()
                LeftoverTests.demand(
                    open.count <= before.count,
                    "left \(open.subtracting(before)), gone \(before.subtracting(open))",
                )
                LeftoverTests.demand(waitpid(-1, nil, WNOHANG) == -1 && errno == ECHILD, "a child is left")
            }
        }
    }

    @Test func `shutting down leaves nothing even while the sandbox is still held`() async {
        await #expect(processExitsWith: .success) {
            await LeftoverTests.telling {
                let marker = "sanderling-shut-\(UInt64.random(in: 0...UInt64.max))"
                let sandbox = try await Sandbox()
                let program = Program(language: "bash", code: "echo here; sleep 1000", arguments: [marker])
                var cgroups: Set<String> = []
                let (heard, signal) = AsyncStream<Void>.makeStream()
                let execution = Task {
                    defer { signal.finish() }
                    for try await event in sandbox.events(of: program) {
                        if case .stdout = event { signal.yield() }
                    }
                }
                for await _ in heard { break }
                cgroups = Set(
                    LeftoverTests.ownCgroups(marker).map { ($0 as NSString).deletingLastPathComponent }
                )
                LeftoverTests.demand(cgroups.count >= 3, "\(cgroups)")
                await sandbox.shutDown()
                _ = await execution.result
                LeftoverTests.demand(HostProcesses.withArgument(marker).isEmpty, "a process is left")
                let left = cgroups.filter { FileManager.default.fileExists(atPath: $0) }
                LeftoverTests.demand(left.isEmpty, "left: \(left)")
                withExtendedLifetime(sandbox) {}
            }
        }
    }

    @Test func `what a killed process leaves dies with it, and the next start sweeps the rest`() async throws
    {
        let result = await #expect(processExitsWith: .signal(SIGKILL), observing: [\.standardOutputContent]) {
            await LeftoverTests.telling {
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
        // Whoever starts next sweeps: another test's sandbox, or this one.
        try await withSandbox { _ in }
        #expect(cgroups.filter { FileManager.default.fileExists(atPath: $0) }.isEmpty)
    }

    @Test func `a sweep removes what nobody holds, with the processes in it`() async throws {
        // Where sandboxes of this process are made: beside the shared one's cgroups.
        let shared = try await Probe.shared.engine.cgroups
        let orphan =
            try #require(shared.directories[.pids].map { ($0 as NSString).deletingLastPathComponent })
            + "/sanderling-orphan-\(UInt32.random(in: 0...UInt32.max))"
        #expect(mkdir(orphan, 0o755) == 0)
        let held = open(orphan, O_RDONLY | O_DIRECTORY)
        #expect(flock(held, LOCK_EX | LOCK_NB) == 0)
        let inner = orphan + "/1"
        #expect(mkdir(inner, 0o755) == 0)
        let sleeper = Foundation.Process()
        sleeper.executableURL = URL(filePath: "/bin/sleep")
        sleeper.arguments = ["1000"]
        try sleeper.run()
        try String(sleeper.processIdentifier).write(
            toFile: inner + "/cgroup.procs",
            atomically: false,
            encoding: .utf8,
        )
        try await withSandbox { _ in }
        #expect(FileManager.default.fileExists(atPath: inner), "an owner lives")
        #expect(sleeper.isRunning)
        close(held)
        try await withSandbox { _ in }
        #expect(!FileManager.default.fileExists(atPath: orphan))
        sleeper.waitUntilExit()
        #expect(sleeper.terminationReason == .uncaughtSignal)
    }

    @Test func `sandboxes that start at the same moment do not sweep each other`() throws {
        let placement = try CgroupPlacement.ofThisProcess()
        let lost = Mutex<[CgroupController: KernelError]>([:])
        DispatchQueue.concurrentPerform(iterations: 8) { _ in
            for _ in 0..<50 {
                let cgroup = SandboxCgroup(placement: placement)
                lost.withLock { $0.merge(cgroup.unavailable) { first, _ in first } }
                cgroup.remove()
            }
        }
        lost.withLock { #expect($0.isEmpty, "controllers were lost: \($0)") }
    }

    @Test func `a sweep does not touch a living neighbour`() async throws {
        let sandbox = try await Sandbox()
        let (input, feed) = AsyncStream<[UInt8]>.makeStream()
        let program = Program.bash("echo here; read -r line; bash -c 'echo alive'")
        // It waits while others start and end, which takes what it takes on a busy machine.
        let limits = Limits(wallTime: .seconds(300))
        for try await event in sandbox.events(of: program, stdin: .sequence(input), limits: limits) {
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
