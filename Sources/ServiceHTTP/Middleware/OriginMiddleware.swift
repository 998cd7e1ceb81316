import HTTPTypes
import Hummingbird

/// Cross-origin resource sharing for the origins that the operator names; without any, there is none.
struct OriginMiddleware: RouterMiddleware {
    typealias Context = ServiceContext

    let origins: [String]

    func handle(
        _ request: Request,
        context: Context,
        next: @concurrent (Request, Context) async throws -> Response,
    ) async throws -> Response {
        guard let origin = request.headers[.origin], origins.contains(origin) else {
            return try await next(request, context)
        }
        guard request.method == .options, request.headers[.accessControlRequestMethod] != nil else {
            var response = try await next(request, context)
            response.headers[.accessControlAllowOrigin] = origin
            response.headers[.vary] = "Origin"
            return response
        }
        return Response(
            status: .noContent,
            headers: [
                .accessControlAllowOrigin: origin, .vary: "Origin",
                .accessControlAllowMethods: "GET, POST, DELETE",
                .accessControlAllowHeaders:
                    "Authorization, Content-Type, Idempotency-Key, Last-Event-ID, traceparent, X-Auth-Token, X-Auth-User",
                .accessControlMaxAge: "600",
            ],
        )
    }
}
