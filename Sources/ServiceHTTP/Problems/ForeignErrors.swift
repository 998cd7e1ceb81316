package import Hummingbird
package import Reporting
package import Service

/// Tells errors in the words of another protocol than ours, on its routes and on all paths below them that are none.
package struct ForeignErrors: RouterMiddleware {
    package typealias Context = ServiceContext

    private let paths: [String]
    private let body: @Sendable (ServiceError) -> JSONValue

    /// - Parameters:
    ///   - paths: The protocol's own paths: `/api/v2`, and with it all that begins with `/api/v2/`.
    ///   - body: What is answered, with the status that the error has everywhere.
    package init(below paths: [String], _ body: @escaping @Sendable (ServiceError) -> JSONValue) {
        self.paths = paths
        self.body = body
    }

    package func handle(
        _ request: Request,
        context: Context,
        next: @concurrent (Request, Context) async throws -> Response,
    ) async throws -> Response {
        do {
            return try await next(request, context)
        } catch {
            let path = request.uri.path
            guard paths.contains(where: { path == $0 || path.hasPrefix($0 + "/") }) else { throw error }
            throw ForeignError(error: error, body: body(Problem(error).error))
        }
    }
}

/// An error with what is answered in its problem's place; counted and logged where all are.
struct ForeignError: Error {
    let error: any Error
    let body: JSONValue
}
