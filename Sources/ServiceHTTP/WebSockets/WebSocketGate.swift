import HTTPTypes
import HummingbirdCore
import NIOCore
import NIOHTTP1
import NIOHTTPTypes
import NIOHTTPTypesHTTP1
import NIOWebSocket

/// Makes a WebSocket (RFC 6455) of a connection whose request asks for one, when its route agrees.
///
/// Such a request goes through the router like any other, and all that guards the others guards it. Its body stays open.
/// When the answer is 101, HTTP's handlers make place for those of WebSocket, and from then on messages are the parts of
/// the request's and the answer's bodies, so that both directions keep their back-pressure: ``WebSocketFrameHandler``. Any
/// other answer is an HTTP answer, after which the connection is closed.
final class WebSocketGate: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPRequestPart
    typealias InboundOut = HTTPRequestPart
    typealias OutboundIn = HTTPResponsePart
    typealias OutboundOut = HTTPResponsePart

    private enum Phase {
        /// HTTP as ever.
        case plain
        /// A request for a WebSocket waits for its answer.
        case asked
        /// The answer was no, and is being written.
        case refused
    }

    private let messageSize: Int
    private let idleTime: TimeAmount
    private var phase = Phase.plain

    /// - Parameters:
    ///   - messageSize: Bytes of one message, however many frames it comes in.
    ///   - idleTime: The longest silence of a peer.
    init(messageSize: Int, idleTime: TimeAmount) {
        self.messageSize = messageSize
        self.idleTime = idleTime
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let part = unwrapInboundIn(data)
        if case .head(let head) = part, phase == .plain, WebSocketHandshake.isAsked(by: head) {
            phase = .asked
        } else if case .end = part, phase != .plain {
            // The body stays open for the messages.
            return
        }
        context.fireChannelRead(data)
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        switch (phase, unwrapOutboundIn(data)) {
        case (.asked, .head(let head)) where head.status == .switchingProtocols:
            context.writeAndFlush(data, promise: promise)
            open(context)
        case (.asked, .head(var head)):
            phase = .refused
            head.headerFields[.connection] = "close"
            context.write(wrapOutboundOut(.head(head)), promise: promise)
        case (.refused, .end):
            context.writeAndFlush(data, promise: promise)
            context.close(promise: nil)
        default: context.write(data, promise: promise)
        }
    }

    private func open(_ context: ChannelHandlerContext) {
        do {
            let pipeline = context.pipeline.syncOperations
            let past = [
                try pipeline.context(handlerType: HTTP1ToHTTPServerCodec.self),
                try pipeline.context(handlerType: HTTPResponseEncoder.self),
                try pipeline.context(handlerType: ByteToMessageHandler<HTTPRequestDecoder>.self),
                try pipeline.context(handlerType: PersistenceRule.self),
                try pipeline.context(handlerType: UnreadBodyWatch.self),
                // Its idle time is that of requests, which a WebSocket would seem never to end.
                try pipeline.context(handlerType: HTTPConnectionStateHandler.self),
            ]
            try pipeline.addHandlers(
                [
                    WebSocketFrameEncoder(),
                    ByteToMessageHandler(WebSocketFrameDecoder(maxFrameSize: messageSize)),
                    WebSocketFrameHandler(messageSize: messageSize, idleTime: idleTime),
                ],
                position: .after(self),
            )
            for handler in past { pipeline.removeHandler(context: handler, promise: nil) }
            pipeline.removeHandler(context: context, promise: nil)
        } catch {
            context.close(promise: nil)
        }
    }
}
