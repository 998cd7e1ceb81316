import Foundation
import Languages
import NIOCore
import SandboxModel
import Service

/// Reading the JSON that callers send: what is not understood is refused, by its place and with its mend.
enum JSONBody {
    static func decode<Value: Decodable>(_ type: Value.Type, from buffer: ByteBuffer) throws(ServiceError)
        -> Value
    {
        try JSONNesting.check(buffer)
        do {
            return try JSONDecoder().decode(type, from: Data(buffer.readableBytesView))
        } catch let mistake as BodyMistake {
            throw ServiceError(.invalidRequest, mistake.description, mend: mistake.mend)
        } catch let error as DecodingError {
            throw ServiceError(.invalidRequest, sentence(error))
        } catch {
            throw ServiceError(.invalidRequest, "the body cannot be read as JSON")
        }
    }

    private static func sentence(_ error: DecodingError) -> String {
        switch error {
        case .keyNotFound(let key, let context): "\(place(context.codingPath + [key])) is missing"
        case .typeMismatch(let type, let context): "\(place(context.codingPath)) is not \(name(of: type))"
        case .valueNotFound(let type, let context):
            "\(place(context.codingPath)) is null and should be \(name(of: type))"
        case .dataCorrupted(let context) where context.codingPath.isEmpty: "the body is not JSON"
        case .dataCorrupted(let context): "\(place(context.codingPath)): \(context.debugDescription)"
        @unknown default: "the body cannot be read as JSON"
        }
    }

    private static func name(of type: any Any.Type) -> String {
        switch type {
        case is String.Type: "a string"
        case is Bool.Type: "true or false"
        case is Int.Type: "a whole number"
        case is Double.Type: "a number"
        case is [Any].Type: "a list"
        default: "\(type)".hasPrefix("Array") ? "a list" : "an object"
        }
    }

    /// A place in the body: `files[0].path`.
    static func place(_ path: [any CodingKey]) -> String {
        guard !path.isEmpty else { return "the body" }
        return path.reduce("") { text, key in
            if let index = key.intValue { return "\(text)[\(index)]" }
            return text.isEmpty ? key.stringValue : "\(text).\(key.stringValue)"
        }
    }
}

/// Something wrong in a body, by its place.
struct BodyMistake: Error, CustomStringConvertible {
    let description: String
    let mend: String?

    init(at path: [any CodingKey], _ message: String, mend: String? = nil) {
        description = "\(JSONBody.place(path)): \(message)"
        self.mend = mend
    }
}

/// Any member's name.
struct MemberKey: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }

    init(stringValue: String) { self.stringValue = stringValue }

    init?(intValue: Int) { nil }
}

extension Decoder {
    /// An object that has none but the members of `keys`.
    func strictContainer<Key: CodingKey & CaseIterable>(keyedBy keys: Key.Type) throws
        -> KeyedDecodingContainer<Key>
    {
        for key in try container(keyedBy: MemberKey.self).allKeys
        where Key(stringValue: key.stringValue) == nil {
            let known = Key.allCases.map(\.stringValue)
            let near = Suggestion.nearest(to: key.stringValue, among: known)
            throw BodyMistake(
                at: codingPath,
                "unknown member \(key.stringValue.quoted)",
                mend: near.map { "did you mean '\($0)'?" } ?? "known are \(known.joined(separator: ", "))",
            )
        }
        return try container(keyedBy: keys)
    }
}
