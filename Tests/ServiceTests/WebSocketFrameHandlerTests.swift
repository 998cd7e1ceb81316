import NIOCore
import NIOEmbedded
import NIOHTTPTypes
import NIOWebSocket
import Testing

@testable import ServiceHTTP

/// An open WebSocket's silence and pings, in virtual time.
struct WebSocketFrameHandlerTests {
    private static let mask: WebSocketMaskingKey = [9, 8, 7, 6]
    private let held = HeldWrites()
    private let channel: EmbeddedChannel

    init() throws {
        channel = EmbeddedChannel()
        try channel.pipeline.syncOperations.addHandlers([
            held, WebSocketFrameHandler(messageSize: 1_000, idleTime: .seconds(30)),
        ])
        try channel.connect(to: SocketAddress(ipAddress: "127.0.0.1", port: 1)).wait()
    }

    private func receive(_ opcode: WebSocketOpcode, _ bytes: [UInt8] = []) throws {
        var data = ByteBuffer(bytes: bytes)
        data.webSocketMask(Self.mask)
        let frame = WebSocketFrame(fin: true, opcode: opcode, maskKey: Self.mask, data: data)
        try channel.writeInbound(frame)
    }

    /// What was sent since it was asked for last.
    private func sent() throws -> [WebSocketFrame] {
        var frames: [WebSocketFrame] = []
        while let frame = try channel.readOutbound(as: WebSocketFrame.self) { frames.append(frame) }
        return frames
    }

    @Test func `a silent peer is pinged and then let go`() throws {
        channel.embeddedEventLoop.advanceTime(by: .seconds(29))
        #expect(try sent().map(\.opcode) == [.ping, .ping])
        #expect(channel.isActive)
        channel.embeddedEventLoop.advanceTime(by: .seconds(11))
        #expect(!channel.isActive)
    }

    @Test func `a peer that answers pings stays`() throws {
        for _ in 0..<20 {
            channel.embeddedEventLoop.advanceTime(by: .seconds(10))
            try receive(.pong)
            channel.read()
        }
        #expect(channel.isActive)
        #expect(try sent().count == 20)
        _ = try channel.finish(acceptAlreadyClosed: true)
    }

    @Test func `a peer whose frame comes slowly stays, and is let go once nothing comes`() throws {
        let channel = EmbeddedChannel()
        try channel.pipeline.syncOperations.addHandlers([
            ByteToMessageHandler(WebSocketFrameDecoder(maxFrameSize: 1_000)),
            WebSocketFrameHandler(messageSize: 1_000, idleTime: .seconds(30)),
        ])
        try channel.connect(to: SocketAddress(ipAddress: "127.0.0.1", port: 1)).wait()
        // A text of ten bytes, masked, of which the last two never come.
        let frame: [UInt8] = [0x81, 0x8A, 9, 8, 7, 6] + Array("slow text".utf8).prefix(8)
        for byte in frame {
            channel.embeddedEventLoop.advanceTime(by: .seconds(20))
            try channel.writeInbound(ByteBuffer(bytes: [byte]))
            #expect(channel.isActive)
        }
        channel.embeddedEventLoop.advanceTime(by: .seconds(40))
        #expect(!channel.isActive)
    }

    @Test func `a peer that nobody reads from is not called silent`() throws {
        // A message came, and the next is not asked for.
        try receive(.text, Array("x".utf8))
        channel.embeddedEventLoop.advanceTime(by: .seconds(120))
        #expect(channel.isActive)
        channel.read()
        channel.embeddedEventLoop.advanceTime(by: .seconds(29))
        #expect(channel.isActive, "its time begins when it is listened to")
        channel.embeddedEventLoop.advanceTime(by: .seconds(11))
        #expect(!channel.isActive)
    }

    @Test func `a ping is answered with what it brought`() throws {
        try receive(.ping, [1, 2, 3])
        let pong = try #require(try sent().first)
        #expect(pong.opcode == .pong)
        #expect(Array(buffer: pong.data) == [1, 2, 3])
        _ = try channel.finish(acceptAlreadyClosed: true)
    }

    @Test func `who pings and does not read holds one pong`() throws {
        held.isHolding = true
        for number in 0..<10_000 { try receive(.ping, [UInt8(number & 0xFF)]) }
        #expect(held.count == 1)
        held.isHolding = false
        held.release(in: channel)
        // The first, which was on its way, and the latest.
        #expect(try sent().map { Array(buffer: $0.data) } == [[0], [UInt8(9_999 & 0xFF)]])
        _ = try channel.finish(acceptAlreadyClosed: true)
    }

    @Test func `a closing frame is answered and ends the connection`() throws {
        try receive(.connectionClose, [3, 232])
        let close = try #require(try sent().first)
        #expect(close.opcode == .connectionClose)
        #expect(Array(buffer: close.data) == [3, 232])
        #expect(!channel.isActive)
    }

    @Test func `a peer that does not answer a closing frame is not waited for`() throws {
        var part = ByteBuffer()
        part.writeInteger(UInt8(webSocketOpcode: .connectionClose))
        part.writeImmutableBuffer(WebSocketClose(1_000).payload)
        try channel.writeOutbound(HTTPResponsePart.body(part))
        #expect(channel.isActive)
        channel.embeddedEventLoop.advanceTime(by: .seconds(5))
        #expect(!channel.isActive)
    }
}

/// Holds what is written, as a connection does whose peer reads nothing.
private final class HeldWrites: ChannelOutboundHandler {
    typealias OutboundIn = WebSocketFrame
    typealias OutboundOut = WebSocketFrame

    var isHolding = false
    private var writes: [(frame: WebSocketFrame, promise: EventLoopPromise<Void>?)] = []
    private var context: ChannelHandlerContext?

    var count: Int { writes.count }

    func handlerAdded(context: ChannelHandlerContext) { self.context = context }

    func handlerRemoved(context: ChannelHandlerContext) { self.context = nil }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        guard isHolding else { return context.write(data, promise: promise) }
        writes.append((unwrapOutboundIn(data), promise))
    }

    func release(in channel: EmbeddedChannel) {
        let held = writes
        writes = []
        for (frame, promise) in held { context?.writeAndFlush(wrapOutboundOut(frame), promise: promise) }
        channel.embeddedEventLoop.run()
    }
}
