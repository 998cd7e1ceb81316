import HTTPTypes
import Hummingbird
import HummingbirdCore
import ServiceHTTP

/// Finds a key where Judge0's clients put it, and hands it on where the service looks for one.
///
/// A header field counts before the query. `X-RapidAPI-Key` is how clients of the hosted Judge0 bring theirs.
struct TokenMiddleware: RouterMiddleware {
    typealias Context = ServiceContext

    func handle(
        _ request: Request,
        context: Context,
        next: @concurrent (Request, Context) async throws -> Response,
    ) async throws -> Response {
        let query = Query(request)
        let names = ["X-Auth-Token", "X-Auth-User", "X-RapidAPI-Key"]
        let fields = names.compactMap { name in
            HTTPField.Name(name).flatMap { request.headers[$0] } ?? query.text(name)
        }
        guard let key = fields.first(where: { !$0.isEmpty }) else { return try await next(request, context) }
        var head = request.head
        head.headerFields[.authorization] = "Bearer \(key)"
        return try await next(Request(head: head, body: request.body), context)
    }
}
