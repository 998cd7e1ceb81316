import Foundation
import Glibc
import LinuxKernel
import SandboxModel
import SandboxProbe
import Testing

@testable import SandboxEngine
@testable import Sanderling

/// Limits on whoever runs Sanderling hold for what it runs.
@Suite struct ParentLimitTests {
    /// A cgroup with a memory limit, beside this process's sandboxes.
    private final class Parent {
        let directory: String
        private let version: CgroupPlacement.Version

        init(bytes: Int) throws {
            let placement = try CgroupPlacement.ofThisProcess()
            version = placement.version
            directory =
                try #require(placement.directories[.memory]) + "/parent-\(UInt32.random(in: 0...UInt32.max))"
            try #require(mkdir(directory, 0o755) == 0)
            let file = version == .v1 ? "memory.limit_in_bytes" : "memory.max"
            try File.write(String(bytes), at: directory + "/" + file)
        }

        /// The most memory that everything in it ever took together.
        var peak: Int {
            get throws {
                let file = version == .v1 ? "memory.max_usage_in_bytes" : "memory.peak"
                let text = try File.text(at: directory + "/" + file)
                return try #require(Int(text.prefix { $0 != "\n" }))
            }
        }

        deinit { CgroupDirectory.remove(directory) }
    }

    @Test func `two processes' sandboxes stay together inside a limit on both`() async throws {
        let limit = 200_000_000
        let parent = try Parent(bytes: limit)
        let directory = parent.directory
        async let first = Self.bomb(in: directory)
        async let second = Self.bomb(in: directory)
        let outcomes = try await [first, second]
        // Each may take 150 MB, and both together may not: the parent's limit ends one or both.
        // Neither has reached its own limit, and neither verdict may say so.
        #expect(outcomes.contains("internal_error"), "\(outcomes)")
        for outcome in outcomes { #expect(["internal_error", "ok"].contains(outcome), "\(outcomes)") }
        #expect(try parent.peak <= limit)
        #expect(try parent.peak > limit / 2)
    }

    /// Runs a program that takes 120 MB and holds them, in a process that has moved into `directory`.
    private static func bomb(in directory: String) async throws -> String {
        let ended = await #expect(
            processExitsWith: .success,
            observing: [\.standardOutputContent],
        ) { [directory] in
            try File.write("0", at: directory + "/cgroup.procs")
            try await withSandbox { sandbox in
                let result = try await sandbox.execute(
                    .python(
                        """
                        import time
                        block = bytearray(120_000_000)
                        for place in range(0, len(block), 4096): block[place] = 1
                        time.sleep(5)
                        """
                    ),
                    limits: Limits(memory: .megabytes(150)),
                )
                print("verdict=" + result.verdict.rawValue)
            }
        }
        let text = String(decoding: try #require(ended).standardOutputContent, as: UTF8.self)
        let line = try #require(text.split(separator: "\n").first { $0.hasPrefix("verdict=") })
        return String(line.dropFirst("verdict=".count))
    }
}
