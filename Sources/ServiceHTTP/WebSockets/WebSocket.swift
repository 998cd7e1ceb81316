import HTTPTypes
package import Hummingbird
import NIOCore
import NIOHTTPTypes
import NIOWebSocket
package import Service

/// An open WebSocket, as a route sees it.
package struct WebSocket: Sendable {
    /// A message of the peer's.
    package enum Message: Sendable, Hashable {
        case text(String)
        case binary([UInt8])
    }

    private let channel: any Channel
    private let input: RequestBody

    fileprivate init(_ request: Request, _ context: ServiceContext) {
        channel = context.channel
        input = request.body
    }

    /// The peer's messages, until one of the two takes its leave; to be asked for once.
    ///
    /// The next is read from the connection when it is asked for.
    package var messages: Messages { Messages(input: input) }

    /// Sends a text, and waits until the system has taken it.
    ///
    /// - Throws: An error when the connection is closed, as ``ReaderWatch`` does to a peer that takes nothing.
    package func send(_ text: [UInt8]) async throws {
        var part = ByteBuffer()
        part.writeInteger(UInt8(webSocketOpcode: .text))
        part.writeBytes(text)
        try await channel.writeAndFlush(HTTPResponsePart.body(part))
    }

    /// Takes leave; nothing can be sent any more, and no message comes.
    package func close(_ close: WebSocketClose) async {
        var part = ByteBuffer()
        part.writeInteger(UInt8(webSocketOpcode: .connectionClose))
        part.writeImmutableBuffer(close.payload)
        // One that is closed already is as it should be.
        try? await channel.writeAndFlush(HTTPResponsePart.body(part))
    }

    /// Calls `body` when the connection is closed, by whomever.
    package func whenClosed(_ body: @escaping @Sendable () -> Void) {
        channel.closeFuture.whenComplete { _ in body() }
    }

    /// The messages of a peer.
    package struct Messages: AsyncSequence, Sendable {
        fileprivate let input: RequestBody

        package func makeAsyncIterator() -> Iterator { Iterator(parts: input.makeAsyncIterator()) }

        /// Reads them one by one.
        package struct Iterator: AsyncIteratorProtocol {
            fileprivate var parts: RequestBody.AsyncIterator

            @concurrent package mutating func next() async throws -> Message? {
                while var part = try await parts.next() {
                    guard let opcode = part.readInteger(as: UInt8.self) else { continue }
                    return opcode == UInt8(webSocketOpcode: .text)
                        ? .text(String(buffer: part)) : .binary(Array(buffer: part))
                }
                return nil
            }
        }
    }
}

/// How one takes leave of a WebSocket.
package struct WebSocketClose: Sendable, Hashable {
    /// The code: 1000 when all is well, 4000 to 4999 as the protocol above has it.
    package var code: UInt16
    /// Why, in at most 123 bytes; what is more is cut off.
    package var reason: String

    package init(_ code: UInt16, _ reason: String = "") {
        self.code = code
        self.reason = reason
    }

    var payload: ByteBuffer {
        var buffer = ByteBuffer()
        buffer.writeInteger(code)
        var reason = reason
        while reason.utf8.count > 123 { reason.removeLast() }
        buffer.writeString(reason)
        return buffer
    }
}

extension Request {
    /// The answer that makes a WebSocket of the request's connection, on which `body` then runs.
    ///
    /// When `body` returns, the connection is closed in order. When its peer goes, the messages end and sending throws.
    ///
    /// - Throws: ``/Service/ServiceError`` of code `invalidRequest` for a request that asks for none.
    package func webSocket(
        _ context: ServiceContext,
        _ body: @escaping @Sendable (WebSocket) async throws -> Void,
    ) throws(ServiceError) -> Response {
        let headers = try WebSocketHandshake.answer(to: head)
        let socket = WebSocket(self, context)
        return Response(
            status: .switchingProtocols,
            headers: headers,
            body: ResponseBody { writer in
                do {
                    try await body(socket)
                } catch {
                    // Its peer is gone.
                    await socket.close(WebSocketClose(1_011, "the service failed"))
                }
                try await writer.finish(nil)
            },
        )
    }
}
