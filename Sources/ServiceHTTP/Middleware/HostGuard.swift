import HTTPTypes
import Hummingbird
import Service

/// Refuses requests that a web page of somebody else's makes its reader's browser send.
///
/// Any page can send requests to a loopback port, and by a name that it lets point there (DNS rebinding) also read the
/// answers. Where keys are needed, such a request has none. Where none are, its Host or its Origin betrays it.
struct HostGuard: RouterMiddleware {
    typealias Context = ServiceContext

    let service: ExecutionService

    func handle(
        _ request: Request,
        context: Context,
        next: @concurrent (Request, Context) async throws -> Response,
    ) async throws -> Response {
        let http = service.configuration.http
        let host = request.head.authority ?? ""
        let isOpen = try !service.requiresKey
        var context = context
        context.isOpen = isOpen
        if isOpen || !http.hosts.isEmpty {
            guard
                Self.isLoopback(host)
                    || http.hosts.contains(where: { Self.name(of: $0) == Self.name(of: host) })
            else {
                throw ServiceError(
                    .forbidden,
                    "the Host of this request is not one of this service's names",
                    mend: "name it in http.hosts",
                )
            }
        }
        if let origin = request.headers[.origin], !http.origins.contains(origin) {
            let authority =
                origin.split(separator: "/", maxSplits: 2).dropFirst().last.map(String.init) ?? ""
            guard authority.lowercased() == host.lowercased() else {
                throw ServiceError(
                    .forbidden,
                    "the Origin of this request is a page that may not call",
                    mend: "name it in http.origins",
                )
            }
        }
        return try await next(request, context)
    }

    /// A Host without its port.
    static func name(of host: String) -> String {
        if host.hasPrefix("["), let end = host.firstIndex(of: "]") {
            return String(host[...end]).lowercased()
        }
        return host.prefix { $0 != ":" }.lowercased()
    }

    /// Whether only this machine is called so.
    static func isLoopback(_ host: String) -> Bool {
        switch name(of: host) {
        case "localhost", "127.0.0.1", "[::1]": true
        default: false
        }
    }
}
