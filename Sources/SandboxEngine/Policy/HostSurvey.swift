import FoundationEssentials
import Glibc
import LinuxKernel
public import SandboxModel

/// What this host can enforce, layer by layer, found out by trying.
public enum HostSurvey {
    /// A report on every layer, in the order of ``/SandboxModel/Layer``.
    ///
    /// Starts a launcher and runs `/bin/true` in a cell under the strictest policy; nothing of it is left.
    public static func survey(of isolation: IsolationKind = .namespaces) async -> [LayerReport] {
        let engine: Engine
        do {
            // Not a ready one: where the launcher does not get ready, the probe says so, and what else is missing is known.
            engine = try await offload {
                try Engine(
                    placement: .ofThisProcess(),
                    keeping: .nothing,
                    compileCache: nil,
                    isolation: isolation,
                )
            }
        } catch {
            return report(isolation, failure: error as? SandboxError, unavailable: [:])
        }
        let failure: SandboxError?
        do {
            try await offload { try engine.runProbe() }
            failure = nil
        } catch {
            failure = error as? SandboxError ?? SandboxError(.internal, "\(error)")
        }
        await offload { engine.shutDown() }
        return report(isolation, failure: failure, unavailable: engine.unavailable)
    }

    private static func report(
        _ isolation: IsolationKind,
        failure: SandboxError?,
        unavailable: [Layer: LayerReport],
    ) -> [LayerReport] {
        Layer.allCases.map { layer in
            if let report = unavailable[layer] { return report }
            if isolation.absentLayers.contains(layer) {
                return LayerReport(
                    layer: layer,
                    isEnforced: false,
                    detail: "\(isolation.rawValue) isolation has none",
                )
            }
            guard let failure else {
                return LayerReport(
                    layer: layer,
                    isEnforced: true,
                    detail: detail(of: layer),
                    mend: advice(on: layer),
                )
            }
            // What stands behind the layer that failed could not be tried.
            let isCause = failure.layers.contains(layer) || failure.layers.isEmpty
            return LayerReport(
                layer: layer,
                isEnforced: false,
                detail: isCause ? failure.message : "not tried, as an earlier layer failed",
                mend: isCause ? failure.mend : nil,
            )
        }
    }

    private static func detail(of layer: Layer) -> String {
        switch layer {
        case .landlock, .landlockScope: "Landlock ABI \(Landlock.version ?? 0)"
        case .userNamespace where geteuid() == 0: "ids of a high range, of its own for each execution"
        case .userNamespace: "the caller's own id, mapped to an unprivileged one"
        case .memoryLimit, .processLimit, .cpuTimeLimit, .cpuShareLimit:
            (try? CgroupPlacement.ofThisProcess()).map { "cgroup \($0.version)" } ?? "cgroup"
        default: "enforced for a test program"
        }
    }

    /// What to know of a layer that is enforced, but could be better.
    private static func advice(on layer: Layer) -> String? {
        switch layer {
        case .memoryLimit where swapEscapesAccount:
            "swap is on and not counted: boot with swapaccount=1, or swapoff -a"
        default: nil
        }
    }

    /// Whether there is swap that cgroup v1 does not count.
    private static var swapEscapesAccount: Bool {
        let swaps = ((try? File.text(at: "/proc/swaps")) ?? "").split(separator: "\n").count > 1
        guard swaps, let placement = try? CgroupPlacement.ofThisProcess(), placement.version == .v1,
            let directory = placement.directories[.memory]
        else { return false }
        return access(directory + "/memory.memsw.limit_in_bytes", F_OK) != 0
    }
}

extension Engine {
    /// Runs a program that does nothing under the strictest policy.
    package func runProbe() throws {
        var policy = Policy(isolation: isolation)
        policy.allowMissing = Set(unavailable.keys)
        let plan = ExecutionPlan(
            files: [],
            compile: [],
            run: ExecutionPlan.Command(executable: "/bin/true", arguments: ["true"], environment: [:]),
            readOnlyPaths: [],
            policy: policy,
            limits: Limits(),
            compileLimits: .compileDefaults,
        )
        let assembly = try run(
            ProgramPreparation(plan: plan, modules: nil),
            stdin: .empty,
            collect: [],
            cancellation: CancellationSignal(),
            emit: { _ in },
        )
        let result = assembly.result(language: "probe", version: nil)
        guard result.verdict == .ok else {
            throw SandboxError(.internal, "a test program ended with \(result.verdict.rawValue)")
        }
    }
}
