import NIOCore
import NIOHTTPTypes

/// Lets go of a peer that takes nothing of what was written to it, for as long as a connection may be idle.
///
/// It stands where bytes leave for the system, so that all that is written counts: whole answers, streams, errors, WebSockets,
/// and what TLS makes of them. Any byte that is taken is a sign of life, so that a slow reader gets all of a large answer.
final class ReaderWatch: ChannelOutboundHandler {
    typealias OutboundIn = IOData
    typealias OutboundOut = IOData

    private let patience: TimeAmount
    /// Bytes that came by.
    private var written = 0
    /// Bytes of them that the system had taken when it was last looked at, and since when it had.
    private var taken = (bytes: 0, since: NIODeadline.uptimeNanoseconds(0))
    private var nextLook: Scheduled<Void>?

    private init(patience: TimeAmount) { self.patience = patience }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        written &+= unwrapOutboundIn(data).readableBytes
        context.write(data, promise: promise)
    }

    func flush(context: ChannelHandlerContext) {
        context.flush()
        guard nextLook == nil else { return }
        let waiting = Self.waiting(in: context)
        guard waiting > 0 else { return }
        taken = (written - waiting, context.eventLoop.now)
        lookLater(context)
    }

    func handlerRemoved(context: ChannelHandlerContext) { nextLook?.cancel() }

    private func lookLater(_ context: ChannelHandlerContext) {
        let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
        let interval = TimeAmount.nanoseconds(max(1_000_000, patience.nanoseconds / 4))
        nextLook = context.eventLoop.scheduleTask(in: interval) {
            let (watch, context) = bound.value
            watch.nextLook = nil
            watch.look(context)
        }
    }

    private func look(_ context: ChannelHandlerContext) {
        let waiting = Self.waiting(in: context)
        guard waiting > 0 else { return }
        let now = context.eventLoop.now
        if written - waiting > taken.bytes { taken = (written - waiting, now) }
        guard taken.since + patience > now else { return context.close(promise: nil) }
        lookLater(context)
    }

    /// Bytes that wait for the system to take them.
    private static func waiting(in context: ChannelHandlerContext) -> Int {
        // Of a connection that is closed, none do.
        (try? context.channel.syncOptions?.getOption(ChannelOptions.bufferedWritableBytes)) ?? 0
    }

    /// One of HTTP's handlers, which puts a watch where it has to be.
    final class Setup: ChannelInboundHandler, RemovableChannelHandler {
        typealias InboundIn = HTTPRequestPart

        private let patience: TimeAmount

        /// - Parameter patience: How long a peer may take nothing.
        init(patience: TimeAmount) { self.patience = patience }

        func handlerAdded(context: ChannelHandlerContext) {
            do {
                // Nothing is written while an earlier answer waits for its reader, and so at most one more request is carried out: of
                // those that come one after the other, unread answers would pile up.
                try context.channel.syncOptions?.setOption(
                    ChannelOptions.writeBufferWaterMark,
                    value: ChannelOptions.Types.WriteBufferWaterMark(low: 1, high: 1),
                )
                let watch = ReaderWatch(patience: patience)
                try context.pipeline.syncOperations.addHandler(watch, position: .first)
            } catch {
                context.close(promise: nil)
            }
        }
    }
}
