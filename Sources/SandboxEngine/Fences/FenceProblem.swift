import SandboxModel

/// What a fence cannot give, as it has no namespaces.
enum FenceProblem {
    /// Why a policy cannot be carried out in a fence; `nil` when it can.
    static func problem(of policy: Policy) -> SandboxError? {
        let mend = "use the isolation 'namespaces'"
        if policy.network == .loopback {
            return SandboxError(
                .layerUnavailable,
                "landlock isolation has no network of its own, and so no loopback of the program's",
                mend: "\(mend), or do without a network",
                layers: [.networkNamespace],
            )
        }
        if let mount = policy.mounts.first(where: { $0.source != $0.destination }) {
            return SandboxError(
                .layerUnavailable,
                "landlock isolation shows '\(mount.source)' at its own path, not at '\(mount.destination)'",
                mend: "\(mend), or mount it at '\(mount.source)'",
                layers: [.mountNamespace],
            )
        }
        if policy.modules.isRestricting {
            return SandboxError(
                .layerUnavailable,
                "landlock isolation has no place for the module guard that only it can write",
                mend: "\(mend), or leave the module lists out",
                layers: [.mountNamespace],
            )
        }
        return nil
    }

    /// Refuses a program that can write files where nothing bounds the memory that they are.
    static func refuse(_ plan: ExecutionPlan, missing: [Layer]) throws(SandboxError) {
        guard missing.contains(.memoryLimit), !plan.compile.isEmpty || plan.policy.filesystem == .scratch
        else {
            return
        }
        throw SandboxError(
            .layerUnavailable,
            "landlock isolation keeps files in memory, which nothing bounds without memory_limit",
            mend: "let this process make cgroups: systemd-run --user --scope -p Delegate=yes sanderling …",
            layers: [.memoryLimit],
        )
    }
}
