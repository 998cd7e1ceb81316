import SandboxModel

/// A JSON value whose objects keep the order of their keys, so that a report reads the same each time.
package enum JSONValue: Sendable {
    case null
    case bool(Bool)
    case integer(Int)
    /// A finite number.
    case number(Double)
    /// A number of seconds, written as exactly as its nanoseconds are known.
    case seconds(Duration)
    case string(String)
    case array([JSONValue])
    case object([(key: String, value: JSONValue)])
    /// JSON text that was made before, taken as it is.
    case text([UInt8])

    /// The value, or `null`.
    package init<Value>(_ value: Value?, _ wrap: (Value) -> JSONValue) {
        self = value.map(wrap) ?? .null
    }
}

extension JSONValue: ExpressibleByDictionaryLiteral, ExpressibleByArrayLiteral, ExpressibleByStringLiteral {
    package init(dictionaryLiteral elements: (String, JSONValue)...) {
        self = .object(elements.map { (key: $0.0, value: $0.1) })
    }

    package init(arrayLiteral elements: JSONValue...) { self = .array(elements) }

    package init(stringLiteral value: String) { self = .string(value) }
}

extension JSONValue {
    /// How much white space a text has.
    package enum Layout {
        /// None: one line.
        case compact
        /// A line for each member, two spaces for each level.
        case indented
    }

    /// The value as JSON text, in UTF-8.
    package func serialized(_ layout: Layout = .compact) -> [UInt8] {
        var output: [UInt8] = []
        write(to: &output, layout: layout, level: 0)
        return output
    }

    private func write(to output: inout [UInt8], layout: Layout, level: Int) {
        switch self {
        case .null: output += "null".utf8
        case .text(let text): output += text
        case .bool(let value): output += (value ? "true" : "false").utf8
        case .integer(let value): output += String(value).utf8
        case .number(let value):
            output += (value.isFinite ? "\(value)".trimmingZeroFraction : "null").utf8
        case .seconds(let value): output += value.decimalSeconds.utf8
        case .string(let value): Self.write(value, to: &output)
        case .array(let elements):
            Self.write(elements, between: ("[", "]"), to: &output, layout: layout, level: level) {
                element,
                output in
                element.write(to: &output, layout: layout, level: level + 1)
            }
        case .object(let members):
            Self.write(members, between: ("{", "}"), to: &output, layout: layout, level: level) {
                member,
                output in
                Self.write(member.key, to: &output)
                output += (layout == .indented ? ": " : ":").utf8
                member.value.write(to: &output, layout: layout, level: level + 1)
            }
        }
    }

    private static func write<Item>(
        _ items: [Item],
        between brackets: (opening: Unicode.Scalar, closing: Unicode.Scalar),
        to output: inout [UInt8],
        layout: Layout,
        level: Int,
        item write: (Item, inout [UInt8]) -> Void,
    ) {
        output.append(UInt8(ascii: brackets.opening))
        for (index, item) in items.enumerated() {
            if index > 0 { output.append(UInt8(ascii: ",")) }
            if layout == .indented { output += "\n\(String(repeating: "  ", count: level + 1))".utf8 }
            write(item, &output)
        }
        if layout == .indented, !items.isEmpty { output += "\n\(String(repeating: "  ", count: level))".utf8 }
        output.append(UInt8(ascii: brackets.closing))
    }

    /// Writes a string; what a terminal would obey is escaped too, so that a report is safe to look at.
    private static func write(_ text: String, to output: inout [UInt8]) {
        output.append(UInt8(ascii: "\""))
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": output += "\\\"".utf8
            case "\\": output += "\\\\".utf8
            case " "..."~": output.append(UInt8(ascii: scalar))
            case "\n": output += "\\n".utf8
            case "\r": output += "\\r".utf8
            case "\t": output += "\\t".utf8
            case _ where scalar.visibleForm != nil:
                for unit in UTF16.encode(scalar) ?? .init() {
                    let digits = String(unit, radix: 16)
                    output += "\\u\(String(repeating: "0", count: 4 - digits.count))\(digits)".utf8
                }
            default: output += UTF8.encode(scalar) ?? .init()
            }
        }
        output.append(UInt8(ascii: "\""))
    }
}

extension Duration {
    /// Seconds as a decimal number with as many digits as there are nanoseconds to tell.
    var decimalSeconds: String {
        let nanoseconds = inNanoseconds
        let (seconds, rest) = nanoseconds.magnitude.quotientAndRemainder(dividingBy: 1_000_000_000)
        let sign = nanoseconds < 0 ? "-" : ""
        guard rest > 0 else { return "\(sign)\(seconds)" }
        let digits = String(rest)
        var fraction = String(repeating: "0", count: 9 - digits.count) + digits
        while fraction.hasSuffix("0") { fraction.removeLast() }
        return "\(sign)\(seconds).\(fraction)"
    }
}

extension String {
    fileprivate var trimmingZeroFraction: String { hasSuffix(".0") ? String(dropLast(2)) : self }
}
