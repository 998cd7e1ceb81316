import NIOCore
import NIOHTTPTypes

/// Tells the request that is being answered when its peer will send nothing more, which is how clients that vanish look.
///
/// HTTP on a connection is one request after the other, so that one is told at a time.
final class DepartureWatch: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPRequestPart

    private var hasLeft = false
    private var departure: (@Sendable () -> Void)?

    /// Has `departure` called when the peer leaves, or at once when it has left; `nil` forgets the one before.
    func call(_ departure: (@Sendable () -> Void)?) {
        self.departure = departure
        if hasLeft { leave() }
    }

    private func leave() {
        hasLeft = true
        departure?()
        departure = nil
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if case ChannelEvent.inputClosed = event { leave() }
        context.fireUserInboundEventTriggered(event)
    }

    func channelInactive(context: ChannelHandlerContext) {
        leave()
        context.fireChannelInactive()
    }
}

extension ServiceContext {
    /// Carries out `operation`, and calls `departure` when the caller leaves meanwhile.
    package func watchingCaller<Value>(
        onDeparture departure: @escaping @Sendable () -> Void,
        _ operation: () async throws -> Value,
    ) async rethrows -> Value {
        tellWatch(departure)
        defer { tellWatch(nil) }
        return try await operation()
    }

    private func tellWatch(_ departure: (@Sendable () -> Void)?) {
        let channel = channel
        channel.eventLoop.execute {
            // What is asked without a network has none.
            try? channel.pipeline.syncOperations.handler(type: DepartureWatch.self).call(departure)
        }
    }
}
