import Foundation
import Glibc
import LaunchProtocol
import LinuxKernel
import SandboxModel

/// What every execution of a sandbox shares: the launcher, the cgroup, the filter, and what the host can enforce.
final class Engine: Sendable {
    private let launcher: LauncherConnection
    let cgroups: SandboxCgroup
    private let profile: SeccompProfile
    private let findings: HostFindings
    private let capabilities: CellPlanner.Capabilities
    let compileCache: CompileCache?

    /// Starts a launcher and looks at the host, whose cgroups are made below `placement`.
    init(placement: CgroupPlacement, compileCache: CompileCache? = nil) throws {
        self.compileCache = compileCache
        cgroups = SandboxCgroup(placement: placement)
        let profile = try SeccompProfile.standard()
        self.profile = profile
        var filterFailure: SandboxError?
        do throws(SandboxError) {
            _ = try SeccompFilter.compile(profile, recording: true)
        } catch {
            filterFailure = error
        }
        findings = HostFindings(cgroups: cgroups, filterFailure: filterFailure)
        let isRoot = geteuid() == 0
        capabilities = CellPlanner.Capabilities(
            landlock: findings.landlock,
            hasIdentityRange: isRoot,
            opensMounts: isRoot,
        )
        launcher = try LauncherConnection(executable: LauncherExecutable.open())
    }

    /// Reports on the layers that this host lacks.
    var unavailable: [Layer: LayerReport] { findings.unavailable }

    /// The layers in force and those missing for a policy and limits; refuses what the caller has not accepted.
    func settle(policy: Policy, limits: Limits) throws(SandboxError) -> (layers: [Layer], missing: [Layer]) {
        try LayerRequirements(policy: policy, limits: limits)
            .settle(unavailable: findings.unavailable, allowMissing: policy.allowMissing)
    }

    /// Runs a prepared program; blocks until it is over.
    func run(
        _ preparation: ProgramPreparation,
        stdin: StandardInput,
        collect: [String],
        cancellation: CancellationSignal,
        emit: @escaping @Sendable (ExecutionEvent) -> Void,
    ) throws -> ResultAssembly {
        try launcher.requireRunning()
        _ = try settle(policy: preparation.plan.policy, limits: preparation.plan.limits)
        var preparation = preparation
        let attempt = try compileCache?.attempt(preparation.plan, cancellation: cancellation)
        if let attempt { preparation.plan = attempt.plan }
        return try run(
            preparation,
            attempt: attempt,
            stdin: stdin,
            collect: collect,
            cancellation: cancellation,
            emit: emit,
        )
    }

    /// Runs a prepared program that the cache knows of.
    func run(
        _ preparation: ProgramPreparation,
        attempt: CompileAttempt?,
        stdin: StandardInput,
        collect: [String],
        cancellation: CancellationSignal,
        emit: @escaping @Sendable (ExecutionEvent) -> Void,
    ) throws -> ResultAssembly {
        let plan = preparation.plan
        var (layers, missing) = try settle(policy: plan.policy, limits: plan.limits)
        while true {
            let hasFilter = !missing.contains(.seccomp)
            let records = hasFilter && !missing.contains(.seccompRecording)
            let filter = hasFilter ? try SeccompFilter.compile(profile, recording: records) : []
            let driver = ExecutionDriver(
                plan: plan,
                attempt: attempt,
                planner: CellPlanner(
                    plan,
                    capabilities: capabilities,
                    filter: filter,
                    recordsRefusals: records,
                    missing: missing,
                ),
                launcher: launcher,
                cgroups: cgroups,
                input: stdin,
                collect: collect,
                emit: emit,
            )
            do {
                let outcome = try driver.run(cancellation: cancellation)
                return ResultAssembly(
                    preparation: preparation,
                    outcome: outcome,
                    layers: layers,
                    missing: missing,
                )
            } catch let failure as LaunchFailure {
                let error = preparation.refusal(for: failure) ?? LaunchDiagnosis.error(for: failure)
                // The program has not run: a second attempt without what the caller can do without is safe.
                let lacking = Set(error.layers).intersection([.seccompRecording])
                guard !lacking.isEmpty, lacking.isSubset(of: plan.policy.allowMissing) else { throw error }
                layers.removeAll(where: lacking.contains)
                missing += lacking
            } catch let error as KernelError {
                throw LaunchDiagnosis.error(
                    for: LaunchFailure(stage: .initProcess, call: error.call, number: error.number)
                )
            }
        }
    }

    /// Ends the launcher, with which cells go, and removes the cgroup.
    func shutDown() {
        launcher.shutDown()
        cgroups.remove()
    }

    deinit { launcher.shutDown() }
}

/// Tells a running execution that its caller has lost interest.
final class CancellationSignal: Sendable {
    private let counter: EventCounter?

    /// A signal that has not been given.
    init() { counter = try? EventCounter() }

    /// What to poll; -1 when the host had no descriptor left for it.
    var number: Int32 {
        switch counter {
        case .some(let counter): counter.descriptor.number
        case .none: -1
        }
    }

    /// Gives the signal.
    func cancel() {
        switch counter {
        case .some(let counter): counter.signal()
        case .none: break
        }
    }
}
