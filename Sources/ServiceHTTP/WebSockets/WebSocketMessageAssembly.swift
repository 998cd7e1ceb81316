import NIOCore
import NIOWebSocket

/// Puts messages together from a client's frames, and says what is wrong with them; a plain value without I/O.
struct WebSocketMessageAssembly {
    /// What a frame comes to.
    enum Step: Equatable {
        /// More is to come, or nothing needs doing.
        case nothing
        /// A message is whole: its opcode in one byte, and its bytes.
        case message(ByteBuffer)
        /// The peer asks whether we are there, with these bytes.
        case ping(ByteBuffer)
        /// The peer takes its leave; what it says goes back to it.
        case close(ByteBuffer)
    }

    private var part: (opcode: WebSocketOpcode, bytes: ByteBuffer)?

    /// Takes the next frame.
    ///
    /// - Parameters:
    ///   - frame: A frame of a client's, which masks them all.
    ///   - limit: Bytes of one message.
    /// - Returns: What it comes to.
    /// - Throws: What RFC 6455 does not permit, or is more than the limit.
    mutating func take(_ frame: WebSocketFrame, limit: Int) throws(WebSocketFault) -> Step {
        guard frame.maskKey != nil, !frame.rsv1, !frame.rsv2, !frame.rsv3 else { throw .protocolError }
        let bytes = frame.unmaskedData
        switch frame.opcode {
        case .ping: return .ping(bytes)
        case .pong: return .nothing
        case .connectionClose:
            guard bytes.readableBytes > 0 else { return .close(bytes) }
            guard let code = bytes.getInteger(at: bytes.readerIndex, as: UInt16.self), Self.isCode(code)
            else { throw .protocolError }
            // Its code comes back alone.
            return .close(bytes.getSlice(at: bytes.readerIndex, length: 2) ?? bytes)
        case .text, .binary:
            guard part == nil else { throw .protocolError }
            part = (frame.opcode, bytes)
        case .continuation:
            guard let opcode = part?.opcode, var whole = part?.bytes else { throw .protocolError }
            part = nil
            guard whole.readableBytes + bytes.readableBytes <= limit else { throw .tooLarge }
            whole.writeImmutableBuffer(bytes)
            part = (opcode, whole)
        default: throw .protocolError
        }
        guard frame.fin, let (opcode, whole) = part else { return .nothing }
        part = nil
        guard opcode == .binary || String(validating: whole.readableBytesView, as: UTF8.self) != nil else {
            throw .notText
        }
        var message = ByteBuffer()
        message.writeInteger(UInt8(webSocketOpcode: opcode))
        message.writeImmutableBuffer(whole)
        return .message(message)
    }
}

extension WebSocketMessageAssembly {
    /// Whether a closing frame can say so (RFC 6455, section 7.4, and IANA's registry).
    private static func isCode(_ code: UInt16) -> Bool {
        switch code {
        case 1_000...1_003, 1_007...1_014, 3_000...4_999: true
        default: false
        }
    }
}

/// What is wrong with what a peer sent.
enum WebSocketFault: Error {
    /// RFC 6455 does not permit it.
    case protocolError
    /// A text is not UTF-8.
    case notText
    /// A message is larger than is taken here.
    case tooLarge

    /// What an error of the pipeline means.
    init(_ error: any Error) {
        self = if case NIOWebSocketError.invalidFrameLength = error { .tooLarge } else { .protocolError }
    }

    /// What the peer is told (RFC 6455, section 7.4.1).
    var close: WebSocketClose {
        switch self {
        case .protocolError: WebSocketClose(1_002, "a frame that cannot be")
        case .notText: WebSocketClose(1_007, "a text that is not UTF-8")
        case .tooLarge: WebSocketClose(1_009, "a message that is larger than is taken here")
        }
    }
}
