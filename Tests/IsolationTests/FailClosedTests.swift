import SandboxModel
import SandboxProbe
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
        throws
    {
        let host = try CgroupPlacement.ofThisProcess()
        let lacking = host.directories.filter { $0.key != .pids }
        #expect(lacking.count == host.directories.count - 1)
        let engine = try Engine(placement: CgroupPlacement(version: host.version, directories: lacking))
        defer { engine.shutDown() }
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
        let error = try #require(throws: SandboxError.self) { _ = try run(Policy()) }
        #expect(error.code == .layerUnavailable, "\(error)")
        #expect(error.layers == [.processLimit], "\(error)")
        #expect(error.mend != nil)
        let result = try run(Policy(allowMissing: [.processLimit]))
        #expect(result.verdict == .ok, result.shown)
        #expect(result.isolation.enforcement == .partial)
        #expect(result.isolation.missing == [.processLimit])
        #expect(!result.isolation.layers.contains(.processLimit))
    }
}
