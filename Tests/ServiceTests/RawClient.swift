import Foundation
import NIOCore
import NIOPosix
import Synchronization

/// A client of one connection that sends bytes as they are, and reads when it is told to.
final class RawClient: Sendable {
    private let channel: any Channel
    private let inbox: Inbox

    /// What has come.
    private final class Inbox: ChannelInboundHandler, Sendable {
        typealias InboundIn = ByteBuffer

        private let state = Mutex<(bytes: [UInt8], isOver: Bool)>(([], false))

        var bytes: [UInt8] { state.withLock { $0.bytes } }
        var isOver: Bool { state.withLock { $0.isOver } }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            let buffer = unwrapInboundIn(data)
            state.withLock { $0.bytes.append(contentsOf: buffer.readableBytesView) }
        }

        func channelInactive(context: ChannelHandlerContext) {
            state.withLock { $0.isOver = true }
        }
    }

    /// - Parameters:
    ///   - port: Of this machine.
    ///   - reads: Whether it reads.
    ///   - keepsLittle: Whether the system keeps little for it of what it has not read; by default when it does not read.
    /// - Throws: An error when nobody listens there.
    init(port: Int, reads: Bool = true, keepsLittle: Bool? = nil) async throws {
        let inbox = Inbox()
        self.inbox = inbox
        var bootstrap = ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .channelOption(.autoRead, value: reads)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(inbox)
                }
            }
        if keepsLittle ?? !reads {
            bootstrap = bootstrap.channelOption(.socketOption(.so_rcvbuf), value: 4_096)
        }
        channel = try await bootstrap.connect(host: "127.0.0.1", port: port).get()
    }

    var bytes: [UInt8] { inbox.bytes }

    var text: String { String(decoding: inbox.bytes, as: UTF8.self) }

    /// Whether the connection is closed.
    var isOver: Bool { inbox.isOver }

    /// Sends bytes, and does not wait for the system to take them.
    func send(_ text: String) { channel.writeAndFlush(ByteBuffer(string: text), promise: nil) }

    /// Sends a request with a body of JSON.
    func post(_ path: String, _ body: String, length: Int? = nil) {
        send(
            "POST \(path) HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                + "Content-Length: \(length ?? body.utf8.count)\r\n\r\n\(body)"
        )
    }

    /// Asks for a WebSocket, and waits until it is one.
    func openSocket(_ path: String) async throws -> Bool {
        send(
            "GET \(path) HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
                + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
        )
        return await waits { $0.text.contains("101 Switching Protocols") }
    }

    /// Sends a message as a client masks it.
    func sendMessage(_ text: String) {
        let mask: [UInt8] = [1, 2, 3, 4]
        var frame = ByteBuffer(bytes: [0x81])
        switch text.utf8.count {
        case ..<126: frame.writeInteger(UInt8(0x80 | text.utf8.count))
        case ..<65_536:
            frame.writeInteger(UInt8(0x80 | 126))
            frame.writeInteger(UInt16(text.utf8.count))
        default:
            frame.writeInteger(UInt8(0x80 | 127))
            frame.writeInteger(UInt64(text.utf8.count))
        }
        frame.writeBytes(mask)
        frame.writeBytes(text.utf8.enumerated().map { $1 ^ mask[$0 & 3] })
        channel.writeAndFlush(frame, promise: nil)
    }

    /// Lets the service hear that there is somebody.
    func sendPong() {
        channel.writeAndFlush(ByteBuffer(bytes: [0x8A, 0x80, 1, 2, 3, 4]), promise: nil)
    }

    /// Reads from now on, or does not any more; of a connection that is closed, what was read is all.
    func read(_ reads: Bool = true) async {
        try? await channel.setOption(.autoRead, value: reads).get()
        if reads { channel.read() }
    }

    /// Goes without a word.
    func vanish() async { try? await channel.close() }

    /// Waits until something holds; returns whether it does before two minutes are over.
    func waits(_ holds: @Sendable (RawClient) async throws -> Bool) async rethrows -> Bool {
        let begun = ContinuousClock.now
        repeat {
            if try await holds(self) { return true }
            try? await Task.sleep(for: .milliseconds(10))
        } while begun.duration(to: .now) < .seconds(120)
        return false
    }
}
