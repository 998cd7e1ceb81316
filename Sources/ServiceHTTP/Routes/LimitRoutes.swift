import Hummingbird
import Reporting
import SandboxModel
import Service

/// `/v1/limits`: what the caller may ask for.
struct LimitRoutes {
    let service: ExecutionService

    func add(to group: RouterGroup<ServiceContext>) {
        group.get("limits", use: show)
    }

    @Sendable private func show(_ request: Request, _ context: ServiceContext) async throws -> Response {
        let caller = try context.caller
        try caller.require(.read)
        let ceilings = service.ceilings(for: caller)
        let answer: JSONValue = [
            "default": Limits().lowered(to: ceilings).json,
            "most": ceilings.json,
            "network": .string(service.configuration.policy.network.rawValue),
        ]
        return answer.response()
    }
}

extension Limits {
    /// What applies to a request that names no limit.
    fileprivate func lowered(to ceilings: Limits) -> Limits {
        // Defaults that are valid are valid when lowered.
        (try? LimitRequest().applied(to: self, ceilings: ceilings).limits) ?? ceilings
    }
}
