import Foundation
import Glibc
import SandboxModel
import Testing

@testable import SandboxEngine
@testable import Sanderling

/// What failed once does not fail a sandbox for good.
@Suite struct RecoveryTests {
    /// What prlimit(1) prints of the number of processes that the user of `pid` may have, as far as that one is asked.
    private static func processes(of pid: Int32, _ arguments: String...) throws -> String {
        let tool = Foundation.Process()
        let output = Foundation.Pipe()
        tool.executableURL = URL(filePath: "/usr/bin/prlimit")
        tool.arguments = ["--pid", "\(pid)"] + arguments
        tool.standardOutput = output
        try tool.run()
        let text = try output.fileHandleForReading.readToEnd() ?? Data()
        tool.waitUntilExit()
        try #require(tool.terminationStatus == 0)
        return String(decoding: text, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
    }

    @Test func `a mount tree that could not be built once is built for the next program`() async {
        // In a process of its own, whose one child is the launcher.
        await #expect(processExitsWith: .success) {
            let sandbox = try await Sandbox(configuration: .init(readyCells: 0))
            let launcher = try #require(HostProcesses.children().first)
            let allowed = try RecoveryTests.processes(
                of: launcher,
                "--nproc",
                "--output",
                "SOFT",
                "--noheadings",
            )
            _ = try RecoveryTests.processes(of: launcher, "--nproc=0:")
            await #expect(throws: SandboxError.self) { try await sandbox.execute(.bash("echo early")) }
            _ = try RecoveryTests.processes(of: launcher, "--nproc=\(allowed):")
            #expect(try await sandbox.execute(.bash("echo late")).stdout.text == "late\n")
        }
    }

    @Test func `a launcher that is killed is replaced, and its cgroups go`() async {
        await #expect(processExitsWith: .success) {
            let sandbox = try await Sandbox()
            let launcher = try #require(HostProcesses.children().first)
            let lost = sandbox.engine.cgroups.directories.values
            #expect(!lost.isEmpty && lost.allSatisfy { access($0, F_OK) == 0 })
            let marker = "\(100_000 + getpid())"
            let program = Task { try await sandbox.execute(.bash("sleep \(marker)")) }
            while HostProcesses.withArgument(marker).isEmpty { await Task.yield() }
            kill(launcher, SIGKILL)
            await #expect(throws: SandboxError.self) { try await program.value }
            #expect(try await sandbox.execute(.bash("echo late")).stdout.text == "late\n")
            for _ in 0..<6_000 where lost.contains(where: { access($0, F_OK) == 0 }) {
                try await Task.sleep(for: .milliseconds(10))
            }
            #expect(lost.allSatisfy { access($0, F_OK) != 0 })
        }
    }
}
