import Foundation
import Glibc
import Languages
import LinuxKernel
public import SandboxModel

/// Runs programs that nobody vouches for, each in a cell of its own.
public final class Sandbox: Sendable {
    private let launcher: LauncherConnection
    private let cgroups: SandboxCgroup
    private let capabilities: CellPlanner.Capabilities

    /// Starts a launcher and finds out what the host can enforce.
    ///
    /// - Throws: ``SandboxError``.
    public init() async throws {
        launcher = try LauncherConnection(executable: LauncherExecutable.open())
        cgroups = SandboxCgroup(placement: try CgroupPlacement.ofThisProcess())
        let isRoot = geteuid() == 0
        capabilities = CellPlanner.Capabilities(
            landlock: Landlock.version,
            hasIdentityRange: isRoot,
            opensMounts: isRoot,
        )
    }

    deinit { launcher.shutDown() }

    func run(_ plan: ExecutionPlan, input: StandardInput, collect: [String], emit: @escaping @Sendable (ExecutionEvent) -> Void) throws -> ExecutionDriver.Outcome {
        let driver = ExecutionDriver(plan: plan, planner: CellPlanner(plan, capabilities: capabilities, filter: [], recordsRefusals: false), launcher: launcher, cgroups: cgroups, input: input, collect: collect, emit: emit)
        return try driver.run(cancellation: EventCounter())
    }
    public func demo(_ command: [String], scratch: Bool, limits: Limits) throws {
        let plan = ExecutionPlan(files: [], compile: [], run: .init(executable: command[0], arguments: command, environment: ["PATH": "/usr/bin:/bin", "HOME": "/work"]), readOnlyPaths: [], policy: Policy(filesystem: scratch ? .scratch : .none), limits: limits, compileLimits: .compileDefaults)
        let o = try run(plan, input: .text("hello\n"), collect: ["*.txt"], emit: { _ in })
        let r = o.run!
        print(VerdictRule.read(r, limits: limits))
        print("OUT", r.stdout.text ?? "?", "ERR", r.stderr.text ?? "?", r.usage, r.samples.count, o.files.map(\.path))
    }
}
