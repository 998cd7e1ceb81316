import SandboxModel

/// What a container of some runtime cannot give.
enum ContainerProblem {
    /// Why a policy cannot be carried out by `runtime`; `nil` when it can.
    static func problem(of policy: Policy, in runtime: OCIRuntime) -> SandboxError? {
        guard runtime.hasOwnKernel else { return nil }
        if !policy.mounts.isEmpty {
            return SandboxError(
                .layerUnavailable,
                "oci:\(runtime.rawValue) isolation lends no mounts: to the host's files a program there is user \(CellLayout.identity)",
                mend: "use another isolation, or bring the files in with the program",
                layers: [.userNamespace],
            )
        }
        guard policy.network == .host else { return nil }
        return SandboxError(
            .layerUnavailable,
            "oci:\(runtime.rawValue) isolation has a network of its own kernel's, and not the host's",
            mend: "use the isolation 'namespaces', or do without a network",
            layers: [.networkNamespace],
        )
    }
}
