import Glibc
import LocalProtocol
package import Logging
import NIOCore
import NIOPosix
package import Service
import ServiceLifecycle
import Synchronization

/// The service's local socket, by which `sanderling run` on the same machine uses the cells that the service keeps ready.
///
/// Who may connect is decided by the socket file's mode: the service's own user, root, and the members of one group when
/// one is named. Each connection's user, as the kernel tells it (`SO_PEERCRED`, unix(7)), is a caller of its own, with the places and the
/// rate that any caller has.
package struct LocalServer: ServiceLifecycle.Service {
    /// Connections at once.
    private static let most = 128

    private let service: ExecutionService
    private let path: String
    private let group: String
    private let version: String
    private let logger: Logger
    /// Ends when it listens, or it is known that it will not.
    private let beginning = AsyncStream<Void>.makeStream()

    /// A server that does not listen yet; `nil` where the configuration names no socket.
    ///
    /// - Parameters:
    ///   - service: Runs programs.
    ///   - version: This program's version; clients of another are declined.
    ///   - logger: Told why there is no socket, when there should be one.
    package init?(_ service: ExecutionService, version: String, logger: Logger) {
        guard let path = service.configuration.socketPath else { return nil }
        self.service = service
        self.path = path
        group = service.configuration.socket.group
        self.version = version
        self.logger = logger
    }

    /// Serves until the service is asked to stop; returns at once, with a word in the log, where the socket cannot be made.
    ///
    /// Everything else works without it.
    package func run() async throws {
        let place: LocalSocketFile
        let server: NIOAsyncChannel<Connection, Never>
        do {
            place = try LocalSocketFile(path, group: group)
            server = try await ServerBootstrap(group: .singletonMultiThreadedEventLoopGroup)
                .bind(unixDomainSocketPath: place.temporaryPath) { channel in
                    channel.eventLoop.makeCompletedFuture {
                        try NIOAsyncChannel<ByteBuffer, ByteBuffer>(wrappingChannelSynchronously: channel)
                    }
                }
            try place.publish()
            beginning.continuation.finish()
        } catch {
            logger.error("there is no local socket", metadata: ["path": "\(path)", "error": "\(error)"])
            beginning.continuation.finish()
            return try await gracefulShutdown()
        }
        defer { place.remove() }
        let places = ConnectionPlaces(Self.most)
        try await withGracefulShutdownHandler {
            try await server.executeThenClose { connections in
                try await withThrowingDiscardingTaskGroup { group in
                    for try await connection in connections {
                        // A client connects once and is declined at once where there is no place: so many are not honest.
                        let hasPlace = places.take()
                        group.addTask {
                            guard hasPlace else { return await turnAway(connection) }
                            await serve(connection)
                            places.give()
                        }
                    }
                }
            }
        } onGracefulShutdown: {
            server.channel.close(promise: nil)
        }
    }

    /// Waits until it listens, or has said in the log why it does not.
    package func awaitBeginning() async { for await _ in beginning.stream {} }

    private typealias Connection = NIOAsyncChannel<ByteBuffer, ByteBuffer>

    private func serve(_ connection: Connection) async {
        do {
            // Within, as a connection that is let go of in another way ends the process.
            try await connection.executeThenClose { inbound, outbound in
                try await LocalSession(
                    service: service,
                    channel: connection.channel,
                    user: try await connection.channel.peerUser(),
                    version: version,
                ).run(inbound, outbound)
            }
        } catch {
            // Whoever was there has gone, or never spoke our language.
            logger.debug("a local connection ended", metadata: ["error": "\(error)"])
        }
    }

    private func turnAway(_ connection: Connection) async {
        try? await connection.executeThenClose { _, _ in }
    }
}

extension Channel {
    /// The user at the other end.
    fileprivate func peerUser() async throws -> uid_t {
        guard let options = self as? any SocketOptionProvider else { throw ChannelError.operationUnsupported }
        let credentials: PeerCredentials = try await options.unsafeGetSocketOption(
            level: .init(rawValue: SOL_SOCKET),
            name: .init(rawValue: SO_PEERCRED),
        ).get()
        return credentials.user
    }
}

/// How many connections may still be opened.
private final class ConnectionPlaces: Sendable {
    private let free: Mutex<Int>

    init(_ count: Int) { free = Mutex(count) }

    func take() -> Bool {
        free.withLock { free in
            guard free > 0 else { return false }
            free -= 1
            return true
        }
    }

    func give() { free.withLock { $0 += 1 } }
}
