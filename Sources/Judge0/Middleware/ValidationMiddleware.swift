import Hummingbird
import ServiceHTTP

/// Answers what is wrong with a submission, field by field.
struct ValidationMiddleware: RouterMiddleware {
    typealias Context = ServiceContext

    func handle(
        _ request: Request,
        context: Context,
        next: @concurrent (Request, Context) async throws -> Response,
    ) async throws -> Response {
        do {
            return try await next(request, context)
        } catch let errors as ValidationErrors {
            return errors.json.response(.unprocessableContent)
        }
    }
}
