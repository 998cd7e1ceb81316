import SandboxModel

/// A piece of a page.
///
/// Interpolating a `String` escapes it, so that text from a program cannot become markup anywhere: in an element, in a
/// quoted attribute, with what a terminal or a reader would be fooled by made visible. Only another `HTML` is inserted
/// as it is.
struct HTML: ExpressibleByStringInterpolation {
    private(set) var text: String

    init() { text = "" }

    init(stringLiteral value: String) { text = value }

    init(stringInterpolation: StringInterpolation) { text = stringInterpolation.text }

    struct StringInterpolation: StringInterpolationProtocol {
        fileprivate var text = ""

        init(literalCapacity: Int, interpolationCount: Int) { text.reserveCapacity(literalCapacity * 2) }

        mutating func appendLiteral(_ literal: String) { text += literal }

        mutating func appendInterpolation(_ value: HTML) { text += value.text }

        mutating func appendInterpolation(_ value: String) { text += HTML.escaped(value) { $0 } }

        mutating func appendInterpolation(_ value: Int) { text += String(value) }

        /// A coordinate, to a hundredth.
        mutating func appendInterpolation(_ value: Double) {
            text += "\((value.isFinite ? value * 100 : 0).rounded() / 100)"
        }

        /// Text inside an element, with the characters made visible set apart from those the program meant.
        mutating func appendInterpolation(marking value: String) {
            text += HTML.escaped(value) { "<i class=\"x\">\($0)</i>" }
        }
    }

    static func += (left: inout HTML, right: HTML) { left.text += right.text }

    /// The pieces one after the other.
    static func joined(_ pieces: some Sequence<HTML>) -> HTML {
        var all = HTML()
        for piece in pieces { all += piece }
        return all
    }

    /// The piece made from a value, or nothing when there is none.
    static func optional<Value>(_ value: Value?, _ piece: (Value) -> HTML) -> HTML {
        value.map(piece) ?? HTML()
    }

    private static func escaped(_ text: String, mark: (String) -> String) -> String {
        var escaped = ""
        escaped.reserveCapacity(text.utf8.count)
        var previous: Unicode.Scalar?
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": escaped += "&amp;"
            case "<": escaped += "&lt;"
            case ">": escaped += "&gt;"
            case "\"": escaped += "&quot;"
            case "'": escaped += "&#39;"
            case "\r": break
            default:
                if previous == "\r", scalar != "\n" { escaped += mark("\u{240D}") }
                if let visible = scalar.visibleForm {
                    escaped += mark(visible)
                } else {
                    escaped.unicodeScalars.append(scalar)
                }
            }
            previous = scalar
        }
        return previous == "\r" ? escaped + mark("\u{240D}") : escaped
    }
}
