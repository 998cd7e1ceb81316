import NIOCore
import NIOHTTPTypes

/// Closes a connection whose request was answered before all of its body had come, as refusals are.
///
/// The rest is read, so that the answer is not lost to a client that is still sending, but for no longer than an answer needs
/// to leave: otherwise anybody could hold a connection by sending on.
final class UnreadBodyWatch: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPRequestPart
    typealias InboundOut = HTTPRequestPart
    typealias OutboundIn = HTTPResponsePart
    typealias OutboundOut = HTTPResponsePart

    /// How long the rest of a body has to come.
    private static let farewell = TimeAmount.seconds(1)
    /// Requests that have begun.
    private var begun = 0
    /// Whether the latest of them is not all there.
    private var isComing = false
    private var answered = 0
    private var closing: Scheduled<Void>?

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head:
            begun += 1
            isComing = true
        case .body: break
        case .end:
            isComing = false
            closing?.cancel()
            closing = nil
        }
        context.fireChannelRead(data)
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        if case .end = unwrapOutboundIn(data) {
            answered += 1
            if isComing, answered == begun { closeLater(context) }
        }
        context.write(data, promise: promise)
    }

    func handlerRemoved(context: ChannelHandlerContext) { closing?.cancel() }

    private func closeLater(_ context: ChannelHandlerContext) {
        let channel = context.channel
        closing = context.eventLoop.scheduleTask(in: Self.farewell) { channel.close(promise: nil) }
    }
}
