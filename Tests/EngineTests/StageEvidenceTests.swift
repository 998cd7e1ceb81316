import Foundation
import LinuxKernel
import Testing

@testable import SandboxEngine
@testable import Sanderling

/// What a verdict rests on, as a stage's cgroup tells it.
@Suite struct StageEvidenceTests {
    @Test func `a counter that cannot be read is not zero`() throws {
        let directory = FileManager.default.temporaryDirectory.appending(
            path: "sanderling-\(UUID().uuidString)"
        )
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: directory) }
        // A directory that is no cgroup: it has no such file.
        let placement = CgroupPlacement(version: .v1, directories: [.memory: directory.path()])
        let stage = try SandboxCgroup(placement: placement).makeStage()
        #expect(throws: KernelError(call: "openat", number: ENOENT)) { try stage.evidence() }
    }

    @Test func `without controllers nothing is counted`() throws {
        let stage = try SandboxCgroup(placement: CgroupPlacement(version: .v1, directories: [:])).makeStage()
        let evidence = try stage.evidence()
        #expect(
            evidence.outOfMemoryKills == 0 && !evidence.reachedMemoryCeiling && evidence.refusedProcesses == 0
        )
    }
}
