package import SandboxModel

extension ExecutionResult {
    /// The record of a program that could not be run: what stood in its way, and nothing measured.
    package init(refusal error: any Error, language: String, policy: Policy, limits: Limits) {
        let code = (error as? SandboxError)?.code ?? .internal
        self.init(
            language: language,
            verdict: .internalError,
            evidence: Evidence(source: "error", value: code.rawValue, attestedBy: .sanderling),
            errorMessage: "\(error)",
            limits: limits,
            isolation: .ofNothing(under: policy),
        )
    }
}

extension Isolation {
    /// What would have stood around a program of which there is no record.
    package static func ofNothing(under policy: Policy) -> Isolation {
        Isolation(
            layers: [],
            network: policy.network,
            filesystem: policy.filesystem,
            kind: policy.isolation,
        )
    }
}
