import Crypto
import Foundation
import HTTPTypes
import Service

/// The opening handshake of RFC 6455, section 4.2.
enum WebSocketHandshake {
    /// Whether a request asks for a WebSocket, rightly or wrongly.
    static func isAsked(by request: HTTPRequest) -> Bool {
        request.method == .get && tokens(request.headerFields[.upgrade]).contains("websocket")
            && tokens(request.headerFields[.connection]).contains("upgrade")
    }

    /// The header fields of the answer that agrees.
    ///
    /// - Throws: ``/Service/ServiceError`` of code `invalidRequest` for a request that does not ask as it should.
    static func answer(to request: HTTPRequest) throws(ServiceError) -> HTTPFields {
        guard isAsked(by: request) else {
            throw ServiceError(
                .invalidRequest,
                "this route is a WebSocket, and the request does not ask for one",
                mend: "send 'Connection: Upgrade' and 'Upgrade: websocket', as clients of WebSocket do",
            )
        }
        guard ["0", nil].contains(request.headerFields[.contentLength]),
            request.headerFields[.transferEncoding] == nil
        else {
            // It would be taken for a message.
            throw ServiceError(.invalidRequest, "a request for a WebSocket has no body")
        }
        guard request.headerFields[.secWebSocketVersion] == "13" else {
            throw ServiceError(
                .invalidRequest,
                "Sec-WebSocket-Version is not 13, the only one that is spoken here",
            )
        }
        guard let key = request.headerFields[.secWebSocketKey], Data(base64Encoded: key)?.count == 16 else {
            throw ServiceError(.invalidRequest, "Sec-WebSocket-Key is not 16 bytes in base64")
        }
        return [.connection: "Upgrade", .upgrade: "websocket", .secWebSocketAccept: acceptance(of: key)]
    }

    /// What shows that the key was read.
    static func acceptance(of key: String) -> String {
        let salted = key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"
        return Data(Insecure.SHA1.hash(data: Data(salted.utf8))).base64EncodedString()
    }

    private static func tokens(_ field: String?) -> [String] {
        (field ?? "").split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces).lowercased() }
    }
}
