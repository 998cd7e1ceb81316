import CLinux
import Glibc
import LinuxKernel
import SandboxModel
import Testing

@testable import Sanderling

/// A host that lacks a layer refuses, unless the caller does without it by name.
@Suite struct FailClosedTests {
    @Test func `with everything there the enforcement is full and every layer is listed`() async throws {
        let result = try await Probe.run(.bash("exit 0"), limits: Limits(cpuShare: 1))
        #expect(result.isolation.enforcement == .full)
        #expect(result.isolation.missing.isEmpty)
        #expect(Set(Layer.allCases).subtracting(result.isolation.layers) == [.landlockScope])
    }

    @Test func `accepting the absence of what is there changes nothing`() async throws {
        let result = try await Probe.run(.bash("exit 0"), policy: Policy(allowMissing: Set(Layer.allCases)))
        #expect(result.isolation.enforcement == .full, "\(result.isolation)")
    }

    @Test func `a controller that is not there is refused by name, and listed when its absence was accepted`()
        async
    {
        // In a process of its own, whose view of the pids hierarchy is covered.
        await #expect(processExitsWith: .success) { try FailClosedTests.runWithoutProcessController() }
    }

    private static func runWithoutProcessController() throws {
        precondition(sanderling_unshare(0x2_0000 /* CLONE_NEWNS */) == 0)
        precondition(mount("none", "/", nil, UInt(MS_REC | MS_PRIVATE), nil) == 0)
        precondition(umount2("/sys/fs/cgroup/pids", Int32(MNT_DETACH)) == 0)
        // On this thread, as the others still have the old view.
        let engine = try Engine()
        func run(_ policy: Policy) throws -> ExecutionResult {
            let plan = ExecutionPlan(
                files: [],
                compile: [],
                run: .init(executable: "/bin/true", arguments: ["true"], environment: [:]),
                readOnlyPaths: [],
                policy: policy,
                limits: Limits(),
                compileLimits: Limits(),
            )
            return try engine.run(
                ProgramPreparation(plan: plan, modules: nil),
                stdin: .empty,
                collect: [],
                cancellation: CancellationSignal(),
                emit: { _ in },
            ).result(language: "none", version: nil)
        }
        do {
            _ = try run(Policy())
            preconditionFailure("ran without a limit on processes")
        } catch let error as SandboxError {
            precondition(error.code == .layerUnavailable, "\(error)")
            precondition(error.layers == [.processLimit], "\(error)")
            precondition(error.mend != nil)
        }
        let result = try run(Policy(allowMissing: [.processLimit]))
        precondition(result.verdict == .ok, "\(result)")
        precondition(result.isolation.enforcement == .partial)
        precondition(result.isolation.missing == [.processLimit])
        precondition(!result.isolation.layers.contains(.processLimit))
        engine.shutDown()
    }
}
