import HTTPTypes
import Hummingbird
import Logging
import Reporting
import SandboxModel
import Service
import ServiceHTTP

/// Answers errors in the shape that Judge0's clients know.
struct ErrorMiddleware: RouterMiddleware {
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
        } catch let error as ServiceError where error.code == .tooLarge || error.code == .requestTimeout {
            // The service's own answer also ends the connection, as the rest of the body is not read.
            throw error
        } catch {
            let problem = Problem(error)
            if problem.error.code == .internal {
                context.logger.error("failed", metadata: ["error": "\(error)"])
            }
            return Self.answer(problem.error)
        }
    }

    private static func answer(_ error: ServiceError) -> Response {
        var headers: HTTPFields = [:]
        if let delay = error.retryAfter {
            headers[.retryAfter] = String(max(1, Int(delay.inSeconds.rounded(.up))))
        }
        let text = error.code == .queueFull ? "queue is full" : error.description
        let answer: JSONValue = ["error": .string(text)]
        return answer.response(Problem.status(for: error.code), headers: headers)
    }
}
