import NIOCore
import NIOHTTP1
import NIOHTTPTypes

/// Says of requests after which a connection is to be closed that they ask for it, in the one way that Hummingbird knows.
///
/// RFC 9112, section 9.3: `Connection: close` in any case of its letters and among other words, and HTTP/1.0 without `keep-alive`.
final class PersistenceRule: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias InboundOut = HTTPServerRequestPart

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard case .head(var head) = unwrapInboundIn(data), !head.isKeepAlive else {
            return context.fireChannelRead(data)
        }
        head.headers.replaceOrAdd(name: "connection", value: "close")
        context.fireChannelRead(wrapInboundOut(.head(head)))
    }

    /// One of HTTP's handlers, which puts the rule where a request's version is still known.
    final class Setup: ChannelInboundHandler, RemovableChannelHandler {
        typealias InboundIn = HTTPRequestPart

        func handlerAdded(context: ChannelHandlerContext) {
            do {
                let pipeline = context.pipeline.syncOperations
                let decoder = try pipeline.handler(type: ByteToMessageHandler<HTTPRequestDecoder>.self)
                try pipeline.addHandler(PersistenceRule(), position: .after(decoder))
            } catch {
                context.close(promise: nil)
            }
        }
    }
}
