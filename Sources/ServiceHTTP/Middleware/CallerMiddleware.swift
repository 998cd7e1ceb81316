package import HTTPTypes
package import Hummingbird
package import Service

/// Finds out on whose behalf a request is, and refuses it when that cannot be.
///
/// Drop-in routes name the header fields by which their own clients bring a key.
package struct CallerMiddleware: RouterMiddleware {
    package typealias Context = ServiceContext

    private let service: ExecutionService
    private let fields: [HTTPField.Name]

    /// - Parameters:
    ///   - service: Knows the keys.
    ///   - fields: Where a key is looked for; with or without `Bearer` before it.
    package init(_ service: ExecutionService, fields: [HTTPField.Name] = [.authorization]) {
        self.service = service
        self.fields = fields
    }

    package func handle(
        _ request: Request,
        context: Context,
        next: @concurrent (Request, Context) async throws -> Response,
    ) async throws -> Response {
        let value = fields.lazy.compactMap { request.headers[$0] }.first
        var context = context
        context.identify(
            context.isOpen ? .local : try service.caller(with: value.map { Self.secret(in: $0) })
        )
        return try await next(request, context)
    }

    /// The key in a field: `Bearer KEY`, or the key alone.
    static func secret(in value: String) -> String {
        let words = value.split(separator: " ", maxSplits: 1)
        guard words.count == 2, words[0].lowercased() == "bearer" else { return value }
        return String(words[1])
    }
}
