import HTTPTypes
import Hummingbird

/// Cross-origin resource sharing for the origins that the operator names; without any, there is none.
///
/// It answers what browsers ask before a request; that a page may read an answer is said where errors have become answers too.
struct OriginMiddleware: RouterMiddleware {
    typealias Context = ServiceContext

    let origins: [String]

    /// Says in the answer to a request of a page that may call that it may read it, and all of its fields that are ours.
    static func share(_ response: inout Response, with request: Request, among origins: [String]) {
        guard let origin = request.headers[.origin], origins.contains(origin) else { return }
        response.headers[.accessControlAllowOrigin] = origin
        response.headers[.accessControlExposeHeaders] =
            "Location, Retry-After, Idempotent-Replay, traceparent, WWW-Authenticate"
        response.headers[.vary] = "Origin"
    }

    func handle(
        _ request: Request,
        context: Context,
        next: @concurrent (Request, Context) async throws -> Response,
    ) async throws -> Response {
        guard let origin = request.headers[.origin], origins.contains(origin), request.method == .options,
            request.headers[.accessControlRequestMethod] != nil
        else { return try await next(request, context) }
        return Response(
            status: .noContent,
            headers: [
                .accessControlAllowMethods: "GET, POST, DELETE",
                .accessControlAllowHeaders:
                    "Authorization, Content-Type, Idempotency-Key, Last-Event-ID, traceparent, X-Auth-Token, X-Auth-User",
                .accessControlMaxAge: "600",
            ],
        )
    }
}
