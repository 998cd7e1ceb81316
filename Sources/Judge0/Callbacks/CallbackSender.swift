import Foundation
import Logging
import NIOCore
import NIOHTTP1
import NIOPosix
import SandboxModel
import Service

#if TLS
import NIOSSL
#endif

/// Tells somebody by HTTP that a submission has ended: a `PUT` with JSON, as Judge0 does it.
///
/// One connection to the listed host and port, one request, and of the answer its status alone: no redirect is followed,
/// and nothing of what comes back is read. By HTTPS, in a build with the package's trait TLS, only a certificate for that host counts
/// which the system trusts.
struct CallbackSender: Sendable {
    /// How often it is tried.
    static let tries = 3
    /// Time for each try, connecting included.
    static let timeout: Duration = .seconds(5)

    /// Whether this build can call by HTTPS.
    static var speaksTLS: Bool {
        #if TLS
        true
        #else
        false
        #endif
    }

    let logger: Logger
    /// Time before the second try, and twice that before the third.
    var pause: Duration = .seconds(1)

    /// Sends `body`, until an answer comes that is no failure of the server's.
    ///
    /// - Returns: Whether one came.
    func send(_ body: [UInt8], to address: CallbackAddress) async -> Bool {
        for number in 1...Self.tries {
            do {
                let status = try await Self.put(body, to: address)
                if status < 500 { return true }
                logger.debug("a callback was answered", metadata: ["status": "\(status)"])
            } catch {
                logger.debug("a callback failed", metadata: ["error": "\(error)"])
            }
            guard number < Self.tries, (try? await Task.sleep(for: pause * number)) != nil else { break }
        }
        logger.notice("a callback was given up", metadata: ["host": "\(address.host.host)"])
        return false
    }

    /// Sends one request; returns the status of its answer.
    private static func put(_ body: [UInt8], to address: CallbackAddress) async throws -> Int {
        let limit = TimeAmount.nanoseconds(timeout.inNanoseconds)
        let deadline = NIODeadline.now() + limit
        let group = MultiThreadedEventLoopGroup.singleton
        let eventLoop = group.next()
        let promise = eventLoop.makePromise(of: Int.self)
        let channel: any Channel
        do {
            channel = try await ClientBootstrap(group: eventLoop)
                .connectTimeout(limit)
                .channelInitializer { channel in
                    channel.eventLoop.makeCompletedFuture {
                        if address.isSecure { try secure(channel, to: address.host.host) }
                        try channel.pipeline.syncOperations.addHTTPClientHandlers()
                        try channel.pipeline.syncOperations.addHandler(StatusHandler(promise))
                    }
                }
                .connect(host: address.host.host, port: address.host.port).get()
        } catch {
            promise.fail(error)
            throw error
        }
        let expiry = eventLoop.scheduleTask(deadline: deadline) {
            promise.fail(ChannelError.connectTimeout(limit))
        }
        defer {
            expiry.cancel()
            channel.close(promise: nil)
        }
        let head = HTTPRequestHead(
            version: .http1_1,
            method: .PUT,
            uri: address.target,
            headers: [
                "Host": address.authority, "Content-Type": "application/json",
                "Content-Length": String(body.count), "Connection": "close", "User-Agent": "sanderling",
            ],
        )
        channel.write(HTTPClientRequestPart.head(head), promise: nil)
        channel.write(HTTPClientRequestPart.body(.byteBuffer(ByteBuffer(bytes: body))), promise: nil)
        channel.writeAndFlush(HTTPClientRequestPart.end(nil), promise: nil)
        return try await promise.futureResult.get()
    }

    #if TLS
    private static func secure(_ channel: any Channel, to host: String) throws {
        var configuration = TLSConfiguration.makeClientConfiguration()
        configuration.minimumTLSVersion = .tlsv12
        let context = try NIOSSLContext(configuration: configuration)
        // An address has no name to ask for; its certificate names the address.
        let isAddress = (try? SocketAddress(ipAddress: host, port: 0)) != nil
        let handler = try NIOSSLClientHandler(context: context, serverHostname: isAddress ? nil : host)
        try channel.pipeline.syncOperations.addHandler(handler)
    }
    #else
    private static func secure(_ channel: any Channel, to host: String) throws {
        throw ChannelError.operationUnsupported
    }
    #endif
}

/// Takes the status of an answer.
private final class StatusHandler: ChannelInboundHandler {
    typealias InboundIn = HTTPClientResponsePart

    private let promise: EventLoopPromise<Int>

    init(_ promise: EventLoopPromise<Int>) { self.promise = promise }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        if case .head(let head) = unwrapInboundIn(data), head.status.code >= 200 {
            promise.succeed(Int(head.status.code))
        }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        promise.fail(error)
        context.close(promise: nil)
    }

    func channelInactive(context: ChannelHandlerContext) {
        promise.fail(ChannelError.eof)
        context.fireChannelInactive()
    }
}
