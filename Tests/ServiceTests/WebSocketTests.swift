import HTTPTypes
import NIOCore
import NIOWebSocket
import Service
import Testing

@testable import ServiceHTTP

/// WebSocket, without a network.
struct WebSocketTests {
    private static let mask: WebSocketMaskingKey = [1, 2, 3, 4]

    private static func frame(
        _ opcode: WebSocketOpcode,
        _ bytes: [UInt8],
        fin: Bool = true,
        masked: Bool = true,
    ) -> WebSocketFrame {
        var data = ByteBuffer(bytes: bytes)
        if masked { data.webSocketMask(mask) }
        return WebSocketFrame(fin: fin, opcode: opcode, maskKey: masked ? mask : nil, data: data)
    }

    @Test func `the handshake is that of RFC 6455`() throws {
        #expect(
            WebSocketHandshake.acceptance(of: "dGhlIHNhbXBsZSBub25jZQ==") == "s3pPLMBiTxaQ9kYGzzhZRbK+xOo="
        )
    }

    @Test(arguments: [
        ("Upgrade", "websocket", "13", "dGhlIHNhbXBsZSBub25jZQ==", true),
        ("keep-alive, upgrade", "WebSocket", "13", "dGhlIHNhbXBsZSBub25jZQ==", true),
        ("close", "websocket", "13", "dGhlIHNhbXBsZSBub25jZQ==", false),
        ("Upgrade", "h2c", "13", "dGhlIHNhbXBsZSBub25jZQ==", false),
        ("Upgrade", "websocket", "8", "dGhlIHNhbXBsZSBub25jZQ==", false),
        ("Upgrade", "websocket", "13", "c2hvcnQ=", false),
    ])
    func `what does not ask as it should is refused`(
        _ connection: String,
        _ upgrade: String,
        _ version: String,
        _ key: String,
        _ isRight: Bool,
    ) {
        let request = HTTPRequest(
            method: .get,
            scheme: "http",
            authority: "localhost",
            path: "/",
            headerFields: [
                .connection: connection, .upgrade: upgrade, .secWebSocketVersion: version,
                .secWebSocketKey: key,
            ],
        )
        if isRight {
            #expect(throws: Never.self) { try WebSocketHandshake.answer(to: request) }
        } else {
            #expect(throws: ServiceError.self) { try WebSocketHandshake.answer(to: request) }
        }
    }

    @Test(arguments: [
        ("Content-Length", "5"), ("Transfer-Encoding", "chunked"), ("Content-Length", "0, 5"),
    ])
    func `a request for a WebSocket has no body`(_ name: String, _ value: String) throws {
        var request = HTTPRequest(
            method: .get,
            scheme: "http",
            authority: "localhost",
            path: "/",
            headerFields: [
                .connection: "Upgrade", .upgrade: "websocket", .secWebSocketVersion: "13",
                .secWebSocketKey: "dGhlIHNhbXBsZSBub25jZQ==",
            ],
        )
        let field = try #require(HTTPField.Name(name))
        request.headerFields[field] = value
        let error = #expect(throws: ServiceError.self) { try WebSocketHandshake.answer(to: request) }
        #expect(error?.code == .invalidRequest)
        request.headerFields[.transferEncoding] = nil
        request.headerFields[.contentLength] = "0"
        #expect(throws: Never.self) { try WebSocketHandshake.answer(to: request) }
    }

    @Test func `a message comes whole, with a ping in between`() throws {
        var assembly = WebSocketMessageAssembly()
        let euro = Array("€".utf8)
        // The cut goes through a character.
        #expect(try assembly.take(Self.frame(.text, [euro[0]], fin: false), limit: 10) == .nothing)
        #expect(try assembly.take(Self.frame(.ping, [7]), limit: 10) == .ping(ByteBuffer(bytes: [7])))
        let last = try assembly.take(Self.frame(.continuation, Array(euro[1...])), limit: 10)
        #expect(last == .message(ByteBuffer(bytes: [1] + euro)))
        let next = try assembly.take(Self.frame(.binary, [0xFF]), limit: 10)
        #expect(next == .message(ByteBuffer(bytes: [2, 0xFF])))
        let close = try assembly.take(
            Self.frame(.connectionClose, [3, 232] + Array("bye".utf8)),
            limit: 10,
        )
        #expect(close == .close(ByteBuffer(bytes: [3, 232])))
        let bare = try assembly.take(Self.frame(.connectionClose, []), limit: 10)
        #expect(bare == .close(ByteBuffer()))
        let own = try assembly.take(Self.frame(.connectionClose, [0x0F, 0xA0]), limit: 10)
        #expect(own == .close(ByteBuffer(bytes: [0x0F, 0xA0])))
    }

    @Test func `what cannot be is told by its code`() {
        var assembly = WebSocketMessageAssembly()
        let faults: [([WebSocketFrame], UInt16)] = [
            ([Self.frame(.text, [65], masked: false)], 1_002),
            ([Self.frame(.continuation, [65])], 1_002),
            ([Self.frame(.text, [65], fin: false), Self.frame(.text, [65])], 1_002),
            ([Self.frame(.text, [0xC0])], 1_007),
            // Half a code, and codes that no frame has: 1005, 1006, 1015, 999, 2000, 5000.
            ([Self.frame(.connectionClose, [3])], 1_002),
            ([Self.frame(.connectionClose, [0x03, 0xED])], 1_002),
            ([Self.frame(.connectionClose, [0x03, 0xEE])], 1_002),
            ([Self.frame(.connectionClose, [0x03, 0xF7])], 1_002),
            ([Self.frame(.connectionClose, [0x03, 0xE7])], 1_002),
            ([Self.frame(.connectionClose, [0x07, 0xD0])], 1_002),
            ([Self.frame(.connectionClose, [0x13, 0x88])], 1_002),
            ([Self.frame(.binary, [1, 2, 3], fin: false), Self.frame(.continuation, [4, 5])], 1_009),
        ]
        for (frames, code) in faults {
            assembly = WebSocketMessageAssembly()
            let fault = #expect(throws: WebSocketFault.self) {
                for frame in frames { _ = try assembly.take(frame, limit: 4) }
            }
            #expect(fault?.close.code == code)
        }
    }

    @Test func `a reason fits in a control frame`() {
        let close = WebSocketClose(4_400, String(repeating: "€", count: 100))
        #expect(close.payload.readableBytes <= 125)
        #expect(close.payload.readableBytes > 120)
    }

    @Test func `a character that is cut in two comes whole`() {
        var text = StreamText()
        let bytes = Array("a€".utf8)
        #expect(text.take(Array(bytes[..<2]), isError: false) == Array("a".utf8))
        #expect(text.take([66], isError: true) == [66])
        #expect(text.take(Array(bytes[2...]), isError: false) == Array("€".utf8))
        #expect(text.rest.isEmpty)
    }
}
