import HTTPTypes
package import Hummingbird
package import Reporting
package import Service

/// Tells errors in the words of another protocol than ours, for the routes within it.
package struct ForeignErrors: RouterMiddleware {
    package typealias Context = ServiceContext

    private let body: @Sendable (ServiceError) -> JSONValue

    /// - Parameter body: What is answered, with the status that the error has everywhere.
    package init(_ body: @escaping @Sendable (ServiceError) -> JSONValue) { self.body = body }

    package func handle(
        _ request: Request,
        context: Context,
        next: @concurrent (Request, Context) async throws -> Response,
    ) async throws -> Response {
        do {
            return try await next(request, context)
        } catch {
            let problem = Problem(error)
            // Ours are logged and counted where all are.
            guard problem.error.code != .internal else { throw error }
            var answer = problem.response
            answer.body = body(problem.error).response().body
            answer.headers[.contentType] = "application/json"
            return answer
        }
    }
}
