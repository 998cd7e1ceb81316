package import HTTPTypes
import Hummingbird
import NIOCore
import Reporting
import SandboxModel
package import Service

/// An error as RFC 9457 has it: `application/problem+json`.
package struct Problem {
    package let error: ServiceError

    package init(_ error: any Error) {
        switch error {
        case let error as ServiceError: self.error = error
        case let error as SandboxError: self.error = ServiceError(error)
        case let error as HTTPError:
            self.error = ServiceError(Self.code(for: error.status), error.body ?? Self.text(error.status))
        case let error as any HTTPResponseError:
            self.error = ServiceError(Self.code(for: error.status), Self.text(error.status))
        default: self.error = ServiceError(.internal, "the service failed; its log says more")
        }
    }

    /// The status for each reason; the one table of them.
    package static func status(for code: ServiceError.Code) -> HTTPResponse.Status {
        switch code {
        case .invalidRequest: .badRequest
        case .unknownLanguage, .languageNotInstalled, .idempotencyMismatch: .unprocessableContent
        case .unauthenticated: .unauthorized
        case .forbidden: .forbidden
        case .notFound: .notFound
        case .conflict: .conflict
        case .tooLarge: .contentTooLarge
        case .requestTimeout: .requestTimeout
        case .rateExceeded, .callerQueueFull: .tooManyRequests
        case .queueFull, .shuttingDown, .notReady: .serviceUnavailable
        case .storage: HTTPResponse.Status(code: 507, reasonPhrase: "Insufficient Storage")
        case .internal: .internalServerError
        }
    }

    /// The answer.
    var response: Response { response(telling: json, as: "application/problem+json") }

    /// The answer with another body than the problem's own.
    func response(telling body: JSONValue, as mediaType: String = "application/json") -> Response {
        let status = Self.status(for: error.code)
        var headers: HTTPFields = [.contentType: mediaType, .cacheControl: "no-store"]
        if let delay = error.retryAfter {
            headers[.retryAfter] = String(max(1, Int(delay.inSeconds.rounded(.up))))
        }
        if error.code == .unauthenticated { headers[.wwwAuthenticate] = "Bearer realm=\"sanderling\"" }
        return Response(
            status: status,
            headers: headers,
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: body.serialized() + [0x0A])),
        )
    }

    /// The object.
    var json: JSONValue {
        let status = Self.status(for: error.code)
        var members: [(key: String, value: JSONValue)] = [
            ("type", .string("urn:sanderling:problem:\(error.code.rawValue)")),
            ("title", .string(status.reasonPhrase)),
            ("status", .integer(status.code)),
            ("detail", .string(error.message)),
            ("code", .string(error.code.rawValue)),
        ]
        if let mend = error.mend { members.append(("mend", .string(mend))) }
        return .object(members)
    }

    private static func code(for status: HTTPResponse.Status) -> ServiceError.Code {
        switch status {
        case .notFound, .methodNotAllowed: .notFound
        case .contentTooLarge: .tooLarge
        case .badRequest: .invalidRequest
        default: status.code < 500 ? .invalidRequest : .internal
        }
    }

    private static func text(_ status: HTTPResponse.Status) -> String {
        status == .notFound ? "there is no such route" : status.reasonPhrase
    }
}
