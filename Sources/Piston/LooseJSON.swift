/// JSON of any shape: Piston says itself what is wrong with a request, member by member.
enum LooseJSON: Decodable, Sendable, Hashable {
    case null
    case bool(Bool)
    case number(Double)
    case string(String)
    case array([LooseJSON])
    case object([String: LooseJSON])

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if container.decodeNil() {
            self = .null
        } else if let value = try? container.decode(Bool.self) {
            self = .bool(value)
        } else if let value = try? container.decode(Double.self) {
            self = .number(value)
        } else if let value = try? container.decode(String.self) {
            self = .string(value)
        } else if let value = try? container.decode([LooseJSON].self) {
            self = .array(value)
        } else {
            self = .object(try container.decode([String: LooseJSON].self))
        }
    }

    /// A member of an object; `null` where there is none.
    subscript(_ name: String) -> LooseJSON {
        guard case .object(let members) = self else { return .null }
        return members[name] ?? .null
    }

    /// The text, when it is one.
    var text: String? {
        guard case .string(let text) = self else { return nil }
        return text
    }

    /// The text, when it is one and not empty.
    var words: String? { text.flatMap { $0.isEmpty ? nil : $0 } }
}
