import HTTPTypes
import Hummingbird
import Logging
import Metrics
import SandboxModel
import Service

/// Makes problems of errors, counts what was answered, and keeps a request in its trace.
///
/// The outermost: whatever is thrown further in gets its answer here.
struct ProblemMiddleware: RouterMiddleware {
    typealias Context = ServiceContext

    /// The origins of pages that may read what is answered.
    let origins: [String]

    func handle(
        _ request: Request,
        context: Context,
        next: @concurrent (Request, Context) async throws -> Response,
    ) async throws -> Response {
        let begun = ContinuousClock.now
        let trace = TraceContext(continuing: request.headers[.traceParent])
        var response: Response
        do {
            response = try await next(request, context)
        } catch {
            response = answer(error, context, trace)
        }
        OriginMiddleware.share(&response, with: request, among: origins)
        response.headers[.traceParent] = trace.header
        response.headers[.contentTypeOptions] = "nosniff"
        if response.headers[.cacheControl] == nil { response.headers[.cacheControl] = "no-store" }
        // The route's pattern, not the path: labels never hold what a caller wrote.
        let route = context.endpointPath ?? "none"
        let labels = [
            ("route", route), ("method", Self.known(request.method)), ("status", "\(response.status.code)"),
        ]
        Counter(label: "sanderling.http.requests", dimensions: labels).increment()
        Timer(label: "sanderling.http.duration", dimensions: [("route", route)])
            .recordNanoseconds(begun.duration(to: .now).inNanoseconds)
        context.logger.debug(
            "answered",
            metadata: [
                "trace": "\(trace.trace)", "method": "\(request.method)", "route": "\(route)",
                "status": "\(response.status.code)",
            ],
        )
        return response
    }

    private func answer(_ thrown: any Error, _ context: Context, _ trace: TraceContext) -> Response {
        let foreign = thrown as? ForeignError
        let error = foreign?.error ?? thrown
        let problem = Problem(error)
        Counter(label: "sanderling.refusals", dimensions: [("reason", problem.error.code.rawValue)])
            .increment()
        if problem.error.code == .internal {
            context.logger.error("failed", metadata: ["trace": "\(trace.trace)", "error": "\(error)"])
        }
        return foreign.map { problem.response(telling: $0.body) } ?? problem.response
    }

    private static func known(_ method: HTTPRequest.Method) -> String {
        let methods: [HTTPRequest.Method] = [.get, .head, .post, .put, .patch, .delete, .options]
        return methods.contains(method) ? method.rawValue : "other"
    }
}

extension HTTPField.Name {
    /// See <https://www.w3.org/TR/trace-context/>.
    static var traceParent: Self { known("traceparent") }
    /// Keeps browsers from taking an answer for something else than it says it is.
    static var contentTypeOptions: Self { known("x-content-type-options") }
    /// See draft-ietf-httpapi-idempotency-key-header.
    static var idempotencyKey: Self { known("idempotency-key") }
    /// Whether an answer is one that was given before.
    static var idempotentReplay: Self { known("idempotent-replay") }

    /// A name that is known to be one.
    private static func known(_ name: String) -> Self {
        guard let name = Self(name) else {
            preconditionFailure("'\(name)' is not the name of a header field")
        }
        return name
    }
}
