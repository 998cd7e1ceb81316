import NIOCore
import NIOHTTPTypes
import NIOWebSocket

/// An open WebSocket: messages are the parts of a request's body one way, and of an answer's body the other.
///
/// Each part's first byte is the message's opcode. Pings are sent and answered here. A peer that is silent for as long as a
/// connection may be idle is let go, but for the time in which nobody wants to read from it. One pong at a time is on its
/// way, and then that for the latest ping (RFC 6455, section 5.5.3): one that pings and does not read holds nothing.
final class WebSocketFrameHandler: ChannelDuplexHandler {
    typealias InboundIn = WebSocketFrame
    typealias InboundOut = HTTPRequestPart
    typealias OutboundIn = HTTPResponsePart
    typealias OutboundOut = WebSocketFrame

    private enum Phase {
        /// Messages go both ways.
        case open
        /// A closing frame was sent; the peer's, or its end, is waited for.
        case closing
        /// Nothing more comes.
        case closed
    }

    /// How long a peer has to answer a closing frame.
    private static let farewell = TimeAmount.seconds(2)
    private let messageSize: Int
    private let idleTime: TimeAmount
    private var phase = Phase.open
    private var message = WebSocketMessageAssembly()
    private var inputHasEnded = false
    private var wantsToRead = true
    private var heardAt = NIODeadline.uptimeNanoseconds(0)
    private var heartbeat: RepeatedTask?
    private var isPonging = false
    /// The latest ping that came while a pong was on its way.
    private var unanswered: ByteBuffer?

    init(messageSize: Int, idleTime: TimeAmount) {
        self.messageSize = messageSize
        self.idleTime = idleTime
    }

    func handlerAdded(context: ChannelHandlerContext) {
        heardAt = context.eventLoop.now
        let interval = TimeAmount.nanoseconds(
            max(1_000_000, min(idleTime.nanoseconds / 3, 20_000_000_000))
        )
        let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
        heartbeat = context.eventLoop.scheduleRepeatedTask(initialDelay: interval, delay: interval) { _ in
            let (handler, context) = bound.value
            handler.beat(context)
        }
    }

    func handlerRemoved(context: ChannelHandlerContext) { heartbeat?.cancel() }

    private func beat(_ context: ChannelHandlerContext) {
        guard phase == .open else { return }
        guard !wantsToRead || heardAt + idleTime > context.eventLoop.now else { return end(context) }
        // A peer that reads nothing has enough of them already.
        guard context.channel.isWritable else { return }
        send(WebSocketFrame(fin: true, opcode: .ping, data: ByteBuffer()), context)
    }

    // MARK: Inbound

    func read(context: ChannelHandlerContext) {
        // What was not read could not be heard.
        if !wantsToRead { heardAt = context.eventLoop.now }
        wantsToRead = true
        context.read()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        wantsToRead = false
        heardAt = context.eventLoop.now
        do throws(WebSocketFault) {
            switch try message.take(unwrapInboundIn(data), limit: messageSize) {
            case .nothing: break
            case .message(let buffer) where phase == .open:
                context.fireChannelRead(wrapInboundOut(.body(buffer)))
            case .ping(let payload) where phase == .open:
                pong(payload, context)
            case .message, .ping: break
            case .close(let payload) where phase == .open:
                close(context, saying: payload, isLast: true)
            case .close: end(context)
            }
        } catch {
            fail(error, context)
        }
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        // Of a large frame over a slow line, a part has come.
        heardAt = context.eventLoop.now
        context.fireChannelReadComplete()
        // The peer's closing frame is read although nobody reads messages any more.
        if phase == .closing { context.read() }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        fail(WebSocketFault(error), context)
    }

    func channelInactive(context: ChannelHandlerContext) {
        heartbeat?.cancel()
        endInput(context)
        phase = .closed
        context.fireChannelInactive()
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if event is ChannelShouldQuiesceEvent, phase == .open {
            close(context, saying: WebSocketClose(1_001, "the service is stopping").payload)
        }
        context.fireUserInboundEventTriggered(event)
    }

    private func fail(_ fault: WebSocketFault, _ context: ChannelHandlerContext) {
        guard phase == .open else { return end(context) }
        close(context, saying: fault.close.payload, isLast: true)
    }

    /// Tells the route that no message comes any more.
    private func endInput(_ context: ChannelHandlerContext) {
        guard !inputHasEnded else { return }
        inputHasEnded = true
        context.fireChannelRead(wrapInboundOut(.end(nil)))
        context.fireChannelReadComplete()
    }

    // MARK: Outbound

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        switch (phase, unwrapOutboundIn(data)) {
        case (.open, .body(var part)):
            let opcode = part.readInteger(as: UInt8.self).flatMap {
                WebSocketOpcode(encodedWebSocketOpcode: $0)
            }
            if opcode == .connectionClose {
                close(context, saying: part)
                promise?.succeed()
            } else if let opcode {
                send(WebSocketFrame(fin: true, opcode: opcode, data: part), context, promise)
            } else {
                promise?.succeed()
            }
        case (_, .end):
            if phase == .open { close(context, saying: WebSocketClose(1_000).payload) }
            promise?.succeed()
        default: promise?.fail(ChannelError.outputClosed)
        }
    }

    private func send(
        _ frame: WebSocketFrame,
        _ context: ChannelHandlerContext,
        _ promise: EventLoopPromise<Void>? = nil,
    ) {
        context.writeAndFlush(wrapOutboundOut(frame), promise: promise)
    }

    private func pong(_ payload: ByteBuffer, _ context: ChannelHandlerContext) {
        guard !isPonging else { return unanswered = payload }
        isPonging = true
        let written = context.eventLoop.makePromise(of: Void.self)
        let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
        written.futureResult.whenComplete { _ in
            let (handler, context) = bound.value
            handler.isPonging = false
            guard handler.phase == .open, let next = handler.unanswered.take() else { return }
            handler.pong(next, context)
        }
        send(WebSocketFrame(fin: true, opcode: .pong, data: payload), context, written)
    }

    // MARK: Closing

    /// Sends a closing frame, the answer to which is waited for unless it is the last frame there is.
    private func close(_ context: ChannelHandlerContext, saying payload: ByteBuffer, isLast: Bool = false) {
        phase = isLast ? .closed : .closing
        heartbeat?.cancel()
        endInput(context)
        let channel = context.channel
        let written = context.eventLoop.makePromise(of: Void.self)
        if isLast { written.futureResult.whenComplete { _ in channel.close(promise: nil) } }
        // A peer that reads nothing, or does not answer, is not waited for any longer.
        let farewell = context.eventLoop.scheduleTask(in: Self.farewell) { channel.close(promise: nil) }
        channel.closeFuture.whenComplete { _ in farewell.cancel() }
        send(WebSocketFrame(fin: true, opcode: .connectionClose, data: payload), context, written)
        context.read()
    }

    private func end(_ context: ChannelHandlerContext) {
        phase = .closed
        heartbeat?.cancel()
        context.close(promise: nil)
    }
}
