import HTTPTypes
package import Hummingbird
import Languages
import NIOCore
import Reporting
import SandboxModel
package import Service
package import ServiceHTTP

/// `/api/v2` as Piston has it, for its clients.
///
/// What Piston has no words for is under one more key, `sanderling`. A limit of 0 asks for as much as the operator gives,
/// where it is no limit at all to Piston.
package struct PistonRoutes: Sendable {
    private let service: ExecutionService
    private let runtimes: PistonRuntimes

    package init(_ service: ExecutionService) {
        self.service = service
        runtimes = PistonRuntimes(service)
    }

    /// Adds the routes, with what tells who calls.
    package func add(to router: Router<ServiceContext>) {
        router.add(
            middleware: ForeignErrors(below: ["/api/v2"]) { error in
                ["message": .string(error.code == .notFound ? "Not Found" : error.description)]
            }
        )
        let group = router.group("api/v2").add(middleware: CallerMiddleware(service))
        group.get("runtimes", use: listRuntimes)
        group.post("execute", use: execute)
        group.get("packages", use: listPackages)
        group.post("packages", use: install)
        group.delete("packages", use: uninstall)
        group.get("connect", use: connect)
    }

    @Sendable private func listRuntimes(_ request: Request, _ context: ServiceContext) async throws
        -> Response
    {
        JSONValue.array(await runtimes.all().map(\.json)).response()
    }

    /// Runs a program and answers when it is over.
    ///
    /// When its caller has gone, or is told that the service is being stopped, nobody knows what it is called, and it is killed.
    @Sendable private func execute(_ request: Request, _ context: ServiceContext) async throws -> Response {
        let caller = try context.caller
        try caller.require(.submit)
        guard let body = try await body(of: request) else { return Self.wrongMedia }
        let job = try await PistonJob(body, by: caller, runtimes, service)
        let acceptance = try await service.submit(job.request, by: caller)
        var output: [UInt8]?
        if let execution = acceptance.execution {
            await context.watchingCaller {
                Task { [service] in try? await service.cancel(execution.id, by: caller) }
            } _: {
                await execution.end()
            }
            output = await execution.events(after: 0).reduce(into: []) { output, event in
                switch event {
                case .stdout(let bytes), .stderr(let bytes): output += bytes
                default: break
                }
            }
        }
        var details = try await service.details(of: acceptance, for: caller.reader)
        if !details.record.state.isFinal {
            // The service is being stopped. Its caller is told that and asks again, and nobody what becomes of this one at the next
            // start.
            try await service.cancel(acceptance.id, by: caller)
            details = try await service.details(of: acceptance, for: caller.reader)
        }
        return try PistonResult(details, output: output).json(job.runtime).response()
    }

    @Sendable private func connect(_ request: Request, _ context: ServiceContext) async throws -> Response {
        let caller = try context.caller
        try caller.require(.submit)
        return try request.webSocket(context) { [service, runtimes] socket in
            let language = PistonProtocol(service: service, caller: caller, runtimes: runtimes)
            await InteractiveSession(service, caller, socket, in: language).serve()
        }
    }

    // MARK: Packages

    @Sendable private func listPackages(_ request: Request, _ context: ServiceContext) async throws
        -> Response
    {
        let packages = await runtimes.all().map { runtime -> JSONValue in
            [
                "language": .string(runtime.language),
                "language_version": .string(runtime.version.description), "installed": .bool(true),
            ]
        }
        return JSONValue.array(packages).response()
    }

    /// Installs nothing, as languages are the host's own, and says what the operator can do.
    @Sendable private func install(_ request: Request, _ context: ServiceContext) async throws -> Response {
        guard let body = try await body(of: request) else { return Self.wrongMedia }
        let (language, version) = (body["language"].text ?? "", body["version"].text ?? "")
        if await runtimes.runtime(language, version) != nil {
            return Self.message("Already installed", .internalServerError)
        }
        let known = await runtimes.languages().first { PistonRuntime($0).isCalled(language) }
        guard let known else {
            return Self.message("Requested package \(language)-\(version) does not exist", .notFound)
        }
        guard let mend = known.install else {
            let present = PistonRuntime(known).version
            return Self.message(
                "\(language) is here in version \(present), and only in that",
                .internalServerError,
            )
        }
        return Self.message(
            "languages are installed on the host, by who operates it: \(mend)",
            .internalServerError,
        )
    }

    @Sendable private func uninstall(_ request: Request, _ context: ServiceContext) async throws -> Response {
        guard let body = try await body(of: request) else { return Self.wrongMedia }
        let (language, version) = (body["language"].text ?? "", body["version"].text ?? "")
        if await runtimes.runtime(language, version) != nil {
            return Self.message(
                "languages are the host's own, and are removed by who operates it",
                .internalServerError,
            )
        }
        let isKnown = await runtimes.languages().contains { PistonRuntime($0).isCalled(language) }
        guard isKnown else {
            return Self.message("Requested package \(language)-\(version) does not exist", .notFound)
        }
        return Self.message("\(language)-\(version) is not installed", .internalServerError)
    }

    // MARK: Bodies

    /// The body; `nil` when it is not said to be JSON.
    private func body(of request: Request) async throws -> LooseJSON? {
        guard request.headers[.contentType]?.lowercased().hasPrefix("application/json") == true else {
            return nil
        }
        let buffer = try await request.boundedBody(service.configuration.http)
        guard let body = try LooseJSON(message: buffer) else {
            throw ServiceError(.invalidRequest, "the body is not JSON")
        }
        return body
    }

    private static var wrongMedia: Response {
        message("requests must be of type application/json", .unsupportedMediaType)
    }

    private static func message(_ text: String, _ status: HTTPResponse.Status) -> Response {
        let answer: JSONValue = ["message": .string(text)]
        return answer.response(status)
    }
}
