package import Hummingbird
import HummingbirdCore
package import Logging
import NIOCore
import SandboxModel
package import Service
package import ServiceLifecycle

#if TLS
import HummingbirdTLS
import NIOSSL
#endif

/// The service's HTTP server.
package enum ServiceApplication {
    /// A server for `router`'s routes that is not running yet.
    ///
    /// - Parameters:
    ///   - router: The routes.
    ///   - others: Adds routes beside them, as in ``ServiceRouter/router(others:)``.
    ///   - configuration: Where and how it listens.
    ///   - logger: Told of requests and failures.
    ///   - onListening: Called once it listens, with the port; 0 where any was asked for and the kernel does not tell which.
    /// - Returns: The server, to be run.
    /// - Throws: ``/Service/ServiceError`` of code `invalidRequest` when the certificate cannot be used.
    package static func make(
        router: ServiceRouter,
        others: (Router<ServiceContext>) -> Void = { _ in },
        configuration: ServiceConfiguration,
        logger: Logger,
        onListening: @escaping @Sendable (Int) async -> Void,
    ) throws -> any ServiceLifecycle.Service {
        let http = configuration.http
        var decoder = HTTP1Channel.Configuration.DecoderConfiguration()
        decoder.maxHeaderListSize = http.headerSize.bytes
        decoder.maxHeaderFieldSize = http.headerSize.bytes
        decoder.maxHeaderFieldCount = 100
        let idleTime = TimeAmount.nanoseconds(http.idleTime.nanoseconds)
        let plain = HTTPServerBuilder.http1(
            configuration: HTTP1Channel.Configuration(
                additionalChannelHandlers: [
                    ReaderWatch.Setup(patience: idleTime),
                    PersistenceRule.Setup(),
                    DepartureWatch(),
                    UnreadBodyWatch(),
                    WebSocketGate(messageSize: http.bodySize.bytes, idleTime: idleTime),
                ],
                idleTimeout: idleTime,
                httpDecoderConfiguration: decoder,
            )
        )
        return Application(
            router: router.router(others: others),
            server: try secured(plain, configuration.tls),
            configuration: ApplicationConfiguration(
                address: .hostname(http.host, port: http.port),
                backlog: 1_024,
                availableConnectionsDelegate: MaximumAvailableConnections(http.connections, logger: logger),
            ),
            onServerRunning: { channel in await onListening(channel.localAddress?.port ?? http.port) },
            logger: logger,
        )
    }

    #if TLS
    private static func secured(
        _ plain: HTTPServerBuilder,
        _ tls: ServiceConfiguration.TLS?,
    ) throws -> HTTPServerBuilder {
        guard let tls else { return plain }
        do {
            let chain = try NIOSSLCertificate.fromPEMFile(tls.certificate)
            var configuration = TLSConfiguration.makeServerConfiguration(
                certificateChain: chain.map { .certificate($0) },
                privateKey: .privateKey(try NIOSSLPrivateKey(file: tls.privateKey, format: .pem)),
            )
            configuration.minimumTLSVersion = .tlsv12
            return try .tls(plain, tlsConfiguration: configuration)
        } catch {
            throw ServiceError(.invalidRequest, "the certificate or its key cannot be used: \(error)")
        }
    }
    #else
    private static func secured(
        _ plain: HTTPServerBuilder,
        _ tls: ServiceConfiguration.TLS?,
    ) throws -> HTTPServerBuilder {
        guard tls == nil else {
            throw ServiceError(
                .invalidRequest,
                "tls.certificate is set, and this build has no TLS",
                mend: "build with '--traits TLS', or let a proxy end HTTPS",
            )
        }
        return plain
    }
    #endif
}

extension Duration {
    /// Whole nanoseconds.
    fileprivate var nanoseconds: Int64 {
        components.seconds * 1_000_000_000 + components.attoseconds / 1_000_000_000
    }
}
