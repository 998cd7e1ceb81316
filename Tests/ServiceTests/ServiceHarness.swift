import Foundation
import HTTPTypes
import Hummingbird
import Judge0
import Logging
import NIOCore
import NIOEmbedded
import Piston
import SandboxModel
import Service
import ServiceHTTP
import ServiceLifecycle
import ServicePage

/// A service in this process, with its routes, in a directory of its own.
final class ServiceHarness: Sendable {
    let service: ExecutionService
    let runner: FakeRunner
    let directory: String
    let routes: [Route]
    private let responder: any HTTPResponder<ServiceContext>
    private let interfaces: Set<Interface>
    private let judge0: Judge0Interface

    /// What is served beside `/v1`.
    enum Interface { case page, judge0, piston }

    private init(
        _ configuration: ServiceConfiguration,
        _ runner: FakeRunner,
        interfaces: Set<Interface>,
    ) throws {
        directory = configuration.dataDirectory
        self.runner = runner
        service = ExecutionService(
            configuration: configuration,
            store: try Store(configuration),
            audit: try AuditLog(path: configuration.auditLogPath),
            runner: runner,
            logger: Self.logger,
        )
        self.interfaces = interfaces
        judge0 = Judge0Interface(service, version: "test", logger: Self.logger)
        let router = ServiceRouter(service: service, metrics: PrometheusRegistry(), version: "test")
            .router { [service, judge0] in Self.add(interfaces, of: service, judge0, to: $0) }
        routes = router.routes.map { Route(method: $0.method, path: "\($0.path)") }
        responder = router.buildResponder()
    }

    private static func add(
        _ interfaces: Set<Interface>,
        of service: ExecutionService,
        _ judge0: Judge0Interface,
        to router: Router<ServiceContext>,
    ) {
        if interfaces.contains(.page) { PageRoutes().add(to: router) }
        if interfaces.contains(.piston) { PistonRoutes(service).add(to: router) }
        if interfaces.contains(.judge0) { judge0.add(to: router) }
    }

    private static let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }

    /// One of the service's routes.
    struct Route: Sendable {
        var method: HTTPRequest.Method
        /// With its parameters as `{id}` and `**`.
        var path: String

        /// The path with its parameters filled in.
        func path(id: String) -> String {
            path.replacing("{id}", with: id).replacing("**", with: "out.txt")
        }
    }

    /// Runs `body` with a service that runs, and ends it gracefully afterwards.
    static func run<Value: Sendable>(
        in directory: String? = nil,
        runner: FakeRunner = FakeRunner(),
        interfaces: Set<Interface> = [.page],
        configure: (inout ServiceConfiguration) -> Void = { _ in },
        _ body: @escaping @Sendable (ServiceHarness) async throws -> Value,
    ) async throws -> Value {
        var configuration = ServiceConfiguration()
        configuration.dataDirectory = directory ?? Self.temporaryDirectory()
        configuration.shutdownGrace = .milliseconds(50)
        configure(&configuration)
        let harness = try ServiceHarness(configuration, runner, interfaces: interfaces)
        defer { if directory == nil { try? FileManager.default.removeItem(atPath: harness.directory) } }
        try await harness.service.prepare()
        let group = ServiceGroup(
            services: [harness.judge0.follower, harness.service],
            logger: Self.logger,
        )
        return try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask { try await group.run() }
            let value: Value
            do {
                value = try await body(harness)
            } catch {
                await group.triggerGracefulShutdown()
                try await tasks.waitForAll()
                throw error
            }
            await group.triggerGracefulShutdown()
            try await tasks.waitForAll()
            harness.service.store.close()
            return value
        }
    }

    static func temporaryDirectory() -> String {
        NSTemporaryDirectory() + "sanderling-service-" + UUID().uuidString
    }

    /// An answer of the routes.
    struct Answer {
        var status: Int
        var headers: HTTPFields
        var body: Data

        /// The body as an object.
        var json: [String: Any] {
            (try? JSONSerialization.jsonObject(with: body)) as? [String: Any] ?? [:]
        }

        var text: String { String(decoding: body, as: UTF8.self) }
    }

    /// Asks the routes.
    func ask(
        _ method: HTTPRequest.Method,
        _ path: String,
        key: String? = nil,
        body: String? = nil,
        headers: HTTPFields = [:],
        host: String = "localhost:8080",
    ) async throws -> Answer {
        var fields = headers
        if let key { fields[.authorization] = "Bearer \(key)" }
        if body != nil, fields[.contentType] == nil { fields[.contentType] = "application/json" }
        let request = Request(
            head: HTTPRequest(
                method: method,
                scheme: "http",
                authority: host,
                path: path,
                headerFields: fields,
            ),
            body: RequestBody(buffer: ByteBuffer(string: body ?? "")),
        )
        let context = ServiceContext(
            source: ApplicationRequestContextSource(
                channel: NIOAsyncTestingChannel(),
                logger: Self.logger,
            )
        )
        let response = try await responder.respond(to: request, context: context)
        let collector = BodyCollector()
        try await response.body.write(collector)
        return Answer(status: response.status.code, headers: response.headers, body: collector.data)
    }

    /// A new key of `caller`'s.
    func key(of caller: String, _ scopes: Set<Scope> = [.submit, .read]) async throws -> String {
        let key = APIKey()
        _ = try await service.store.add(key, caller: caller, scopes: scopes, ceilings: CallerCeilings())
        return key.secret
    }

    // MARK: Over the network

    /// Serves on a port of this machine while `body` runs.
    func serve(_ body: @escaping @Sendable (Int) async throws -> Void) async throws {
        var configuration = service.configuration
        configuration.http.port = 0
        let (ports, listening) = AsyncStream<Int>.makeStream()
        let server = try ServiceApplication.make(
            router: ServiceRouter(service: service, metrics: PrometheusRegistry(), version: "test"),
            others: { [service, interfaces, judge0] in Self.add(interfaces, of: service, judge0, to: $0) },
            configuration: configuration,
            logger: Self.logger,
            onListening: { listening.yield($0) },
        )
        let group = ServiceGroup(services: [server], logger: Self.logger)
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask { try await group.run() }
            guard let port = await ports.first(where: { _ in true }) else { return }
            do {
                try await body(port)
            } catch {
                await group.triggerGracefulShutdown()
                throw error
            }
            await group.triggerGracefulShutdown()
            try await tasks.waitForAll()
        }
    }
}
