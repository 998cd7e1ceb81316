package import Foundation
package import HTTPTypes
package import Hummingbird
import NIOCore
package import Reporting
import SandboxModel
package import Service

extension ExecutionRecord {
    /// The members that lists and single answers share.
    var jsonMembers: [(key: String, value: JSONValue)] {
        [
            ("id", .string(id.description)),
            ("state", .string(state.rawValue)),
            ("language", .string(language)),
            ("verdict", JSONValue(verdict) { .string($0.rawValue) }),
            ("label", JSONValue(label, JSONValue.string)),
            ("batch", JSONValue(batch) { .string($0.description) }),
            ("priority", .integer(priority)),
            ("created_at", .time(createdAt)),
            ("started_at", JSONValue(startedAt, JSONValue.time)),
            ("finished_at", JSONValue(finishedAt, JSONValue.time)),
            ("attempts", .integer(attempts)),
        ]
    }
}

extension ExecutionDetails {
    /// The whole execution as an object.
    package var json: JSONValue {
        var members = record.jsonMembers
        members += [
            ("limits", submission.limits.json),
            ("compile_limits", JSONValue(submission.compileLimits, \.json)),
            ("capped", .array(submission.capped.map(\.json))),
            ("network", .string(submission.policy.network.rawValue)),
            ("filesystem", .string(submission.policy.filesystem.rawValue)),
            ("result", JSONValue(result) { .text(Array($0)) }),
            ("refusal", JSONValue(refusal, \.json)),
            ("files", .array(files.map { $0.json(of: record.id) })),
        ]
        return .object(members)
    }
}

extension ExecutionDetails.Refusal {
    fileprivate var json: JSONValue {
        ["code": .string(code), "message": .string(message), "mend": JSONValue(mend, JSONValue.string)]
    }
}

extension ExecutionDetails.FileEntry {
    fileprivate func json(of id: ExecutionID) -> JSONValue {
        let escaped = path.split(separator: "/").map { $0.percentEncoded }.joined(separator: "/")
        return [
            "path": .string(path), "size": .integer(size),
            "url": .string("/v1/executions/\(id)/files/\(escaped)"),
        ]
    }
}

extension Substring {
    /// The text as a part of a URL's path.
    fileprivate var percentEncoded: String {
        let unreserved = CharacterSet(
            charactersIn: "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~"
        )
        return addingPercentEncoding(withAllowedCharacters: unreserved) ?? String(self)
    }
}

extension JSONValue {
    /// A time, as RFC 3339 has it, with milliseconds.
    package static func time(_ date: Date) -> Self { .string(date.timestamp) }

    /// An answer that holds the value.
    package func response(_ status: HTTPResponse.Status = .ok, headers: HTTPFields = [:]) -> Response {
        var headers = headers
        headers[.contentType] = "application/json"
        return Response(
            status: status,
            headers: headers,
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: serialized() + [0x0A])),
        )
    }
}
