import Foundation

/// A member of a request's body, of whatever simple type a client sends: numbers may come as text, and text as numbers.
enum ParameterValue: Decodable, Sendable {
    case null
    case flag(Bool)
    case number(Double)
    case text(String)

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if container.decodeNil() {
            self = .null
        } else if let text = try? container.decode(String.self) {
            self = .text(text)
        } else if let number = try? container.decode(Double.self) {
            self = .number(number)
        } else {
            self = .flag(try container.decode(Bool.self))
        }
    }

    /// The text, or `nil` when there is none.
    var text: String? {
        switch self {
        case .text(let text): text
        case .number(let number):
            number == number.rounded() ? String(format: "%.0f", number) : String(number)
        case .flag(let flag): String(flag)
        case .null: nil
        }
    }

    /// The number, also of a text; `nil` when it is none.
    var number: Double? {
        switch self {
        case .number(let number): number
        case .text(let text):
            Double(text.trimmingCharacters(in: .whitespaces)).flatMap { $0.isFinite ? $0 : nil }
        case .flag, .null: nil
        }
    }

    /// Whether it is true, as a form would say it; `nil` when it says nothing.
    var flag: Bool? {
        switch self {
        case .flag(let flag): flag
        case .number(let number): number != 0
        case .text(let text): text.isEmpty ? nil : !["0", "f", "false", "off"].contains(text.lowercased())
        case .null: nil
        }
    }

    /// Whether nothing was given.
    var isNull: Bool {
        if case .null = self { true } else { false }
    }
}
