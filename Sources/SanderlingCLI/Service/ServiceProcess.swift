import ArgumentParser
import Judge0
import LinuxKernel
import LocalServer
import Logging
import Metrics
import Piston
import RunClient
import SandboxModel
import Sanderling
import Service
import ServiceHTTP
import ServiceLifecycle
import ServicePage
import UnixSignals

/// One running service: its lock, database, sandbox and server, and the order in which they start and end.
struct ServiceProcess {
    let configuration: ServiceConfiguration

    init(_ configuration: ServiceConfiguration) { self.configuration = configuration }

    /// Serves until it is asked to stop by SIGTERM or SIGINT.
    ///
    /// - Throws: ``ServiceError`` or ``SandboxError`` when it cannot start.
    func run() async throws {
        Process.returnFreedMemory()
        let logger = Logger(label: "sanderling.service")
        let metrics = PrometheusRegistry()
        MetricsSystem.bootstrap(metrics)
        let lock = try ServiceLock(configuration)
        defer { withExtendedLifetime(lock) {} }
        let store = try Store(configuration)
        defer { store.close() }
        let hasKeys = try store.hasKeys()
        guard configuration.http.isLoopback || hasKeys else {
            throw Mistake(
                "\(configuration.http.host) can be reached from elsewhere, and there is no key yet: make one with "
                    + "'sanderling key create --data \(configuration.dataDirectory)', or listen on 127.0.0.1"
            )
        }
        let audit = try AuditLog(path: configuration.auditLogPath)
        try await withSandbox(sandboxConfiguration) { sandbox in
            let service = ExecutionService(
                configuration: configuration,
                store: store,
                audit: audit,
                runner: sandbox,
                logger: logger,
            )
            try await service.prepare()
            let judge0 = Judge0Interface(
                service,
                version: SanderlingCommand.configuration.version,
                logger: logger,
            )
            let local = LocalServer(
                service,
                version: SanderlingCommand.configuration.version,
                logger: logger,
            )
            let server = try ServiceApplication.make(
                router: ServiceRouter(
                    service: service,
                    metrics: metrics,
                    version: SanderlingCommand.configuration.version,
                ),
                others: { router in
                    PageRoutes().add(to: router)
                    judge0.add(to: router)
                    PistonRoutes(service).add(to: router)
                },
                configuration: configuration,
                logger: logger,
                onListening: { port in
                    // Whoever reads that it serves may use either.
                    await local?.awaitBeginning()
                    await announce(port, logger)
                },
            )
            // The last is stopped first: programs end, and those who wait for them are answered, before the servers close.
            let services: [any ServiceLifecycle.Service] =
                [server] + (local.map { [$0] } ?? []) + [judge0.follower, service]
            var group = ServiceGroupConfiguration(
                services: services.map { .init(service: $0) },
                gracefulShutdownSignals: [.sigterm, .sigint],
                logger: logger,
            )
            group.maximumGracefulShutdownDuration = configuration.shutdownGrace + .seconds(10)
            try await ServiceGroup(configuration: group).run()
        }
    }

    private var sandboxConfiguration: Sandbox.Configuration {
        Sandbox.Configuration(
            readyCells: configuration.sandbox.cells,
            readyMemory: configuration.sandbox.memory,
            // One more than the queue starts, for the program that tells whether all is well.
            concurrentExecutions: configuration.queue.concurrency + 1,
            logger: Logger(label: "sanderling.sandbox"),
        )
    }

    private func announce(_ port: Int, _ logger: Logger) async {
        let scheme = configuration.tls == nil ? "http" : "https"
        let host =
            configuration.http.host.contains(":") ? "[\(configuration.http.host)]" : configuration.http.host
        let address = "\(scheme)://\(host):\(port)"
        guard port != 0 else {
            logger.error(
                "it serves, and the kernel does not tell at which port",
                metadata: ["serving": "\(address)"],
            )
            return
        }
        do {
            try StandardStream.output.write("serving on \(address)\n")
        } catch {
            // It serves all the same; whoever waits for the line learns why there is none.
            logger.error(
                "standard output cannot be written to",
                metadata: ["serving": "\(address)", "error": "\(error)"],
            )
        }
    }
}
