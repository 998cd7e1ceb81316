import SandboxModel
import SandboxProbe
import Testing

@testable import SandboxEngine
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

    /// Runs Python source on a host that lacks `controllers`.
    private func run(
        _ code: String,
        without controllers: [CgroupController],
        allowMissing: Set<Layer> = [],
        limits: Limits = Limits(),
    ) throws -> ExecutionResult {
        let host = try CgroupPlacement.ofThisProcess()
        let left = host.directories.filter { !controllers.contains($0.key) }
        try #require(left.count == host.directories.count - controllers.count)
        let engine = try Engine(
            placement: CgroupPlacement(version: host.version, directories: left),
            keeping: .nothing,
        )
        defer { engine.shutDown() }
        let plan = ExecutionPlan(
            files: [],
            compile: [],
            run: .init(
                executable: "/usr/bin/python3",
                arguments: ["python3", "-c", code],
                environment: [:],
            ),
            readOnlyPaths: [],
            policy: Policy(allowMissing: allowMissing),
            limits: limits,
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

    @Test func `a controller that is not there is refused by name`() throws {
        let error = try #require(throws: SandboxError.self) { _ = try run("print(1)", without: [.pids]) }
        #expect(error.code == .layerUnavailable, "\(error)")
        #expect(error.layers == [.processLimit], "\(error)")
        #expect(error.mend != nil)
    }

    @Test func `a controller whose absence was accepted is listed, and has a stand-in`() throws {
        let result = try run(
            """
            import os, time
            made = 0
            try:
                while made < 50:
                    if os.fork() == 0: time.sleep(1000)
                    made += 1
            except BlockingIOError: print(made)
            """,
            without: [.pids],
            allowMissing: [.processLimit],
            limits: Limits(processes: 8),
        )
        #expect(result.verdict == .ok, result.shown)
        #expect(result.output == "7\n", "RLIMIT_NPROC: \(result.shown)")
        #expect(result.isolation.enforcement == .partial)
        #expect(result.isolation.missing == [.processLimit])
        #expect(!result.isolation.layers.contains(.processLimit))
    }

    @Test func `what no controller counts is counted by waiting`() throws {
        let result = try run(
            """
            import os, time
            if os.fork() == 0:
                block = bytearray(50_000_000)
                while time.process_time() < 0.2: sum(range(20_000))
                os._exit(0)
            os.wait()
            """,
            without: CgroupController.allCases,
            allowMissing: [.memoryLimit, .processLimit, .cpuTimeLimit],
        )
        #expect(result.verdict == .ok, result.shown)
        #expect(result.isolation.missing == [.memoryLimit, .processLimit, .cpuTimeLimit])
        #expect(result.usage.cpuTime >= .milliseconds(200), result.shown)
        #expect(result.usage.cpuTime == result.usage.userTime + result.usage.systemTime)
        #expect(result.usage.memory.bytes >= 50_000_000, result.shown)
    }
}
