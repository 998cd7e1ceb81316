import Hummingbird
import Service

/// `/v1/executions/socket`: one program that its caller talks to.
struct SocketRoutes {
    let service: ExecutionService

    func add(to group: RouterGroup<ServiceContext>) { group.get("executions/socket", use: connect) }

    @Sendable private func connect(_ request: Request, _ context: ServiceContext) async throws -> Response {
        let caller = try context.caller
        try caller.require(.submit)
        return try request.webSocket(context) { [service] socket in
            let language = NativeProtocol(service: service, caller: caller)
            await InteractiveSession(service, caller, socket, in: language).serve()
        }
    }
}
