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
        // What most results take.
        output.reserveCapacity(2_048)
        write(to: &output, layout: layout, level: 0)
        return output
    }

    private func write(to output: inout [UInt8], layout: Layout, level: Int) {
        switch self {
        case .null: output.append("null")
        case .text(let text): output += text
        case .bool(let value): output.append(value ? "true" : "false")
        case .integer(let value): output.append(String(value))
        case .number(let value): output.append(value.isFinite ? "\(value)".trimmingZeroFraction : "null")
        case .seconds(let value): output.append(value.decimalSeconds)
        case .string(let value): Self.write(value, to: &output)
        case .array(let elements):
            output.append(UInt8(ascii: "["))
            for index in elements.indices {
                Self.separate(index, to: &output, layout: layout, level: level + 1)
                elements[index].write(to: &output, layout: layout, level: level + 1)
            }
            if !elements.isEmpty { Self.breakLine(in: &output, layout: layout, level: level) }
            output.append(UInt8(ascii: "]"))
        case .object(let members):
            output.append(UInt8(ascii: "{"))
            for index in members.indices {
                Self.separate(index, to: &output, layout: layout, level: level + 1)
                Self.write(members[index].key, to: &output)
                output.append(layout == .indented ? ": " : ":")
                members[index].value.write(to: &output, layout: layout, level: level + 1)
            }
            if !members.isEmpty { Self.breakLine(in: &output, layout: layout, level: level) }
            output.append(UInt8(ascii: "}"))
        }
    }

    /// Begins the item at `index` of an array or object.
    private static func separate(_ index: Int, to output: inout [UInt8], layout: Layout, level: Int) {
        if index > 0 { output.append(UInt8(ascii: ",")) }
        breakLine(in: &output, layout: layout, level: level)
    }

    private static func breakLine(in output: inout [UInt8], layout: Layout, level: Int) {
        guard layout == .indented else { return }
        output.append(UInt8(ascii: "\n"))
        output.append(contentsOf: repeatElement(UInt8(ascii: " "), count: 2 * level))
    }

    /// Writes a string; what a terminal would obey is escaped too, so that a report is safe to look at.
    private static func write(_ text: String, to output: inout [UInt8]) {
        output.append(UInt8(ascii: "\""))
        var text = text
        // Nearly all that is written is taken as it is.
        let isPlain = text.withUTF8 { bytes in
            guard bytes.allSatisfy({ $0.isPlain }) else { return false }
            output.append(contentsOf: bytes)
            return true
        }
        if !isPlain { for scalar in text.unicodeScalars { write(scalar, to: &output) } }
        output.append(UInt8(ascii: "\""))
    }

    private static func write(_ scalar: Unicode.Scalar, to output: inout [UInt8]) {
        switch scalar {
        case "\"": output.append("\\\"")
        case "\\": output.append("\\\\")
        case " "..."~": output.append(UInt8(ascii: scalar))
        case "\n": output.append("\\n")
        case "\r": output.append("\\r")
        case "\t": output.append("\\t")
        case _ where scalar.visibleForm != nil:
            for unit in UTF16.encode(scalar) ?? .init() {
                output.append("\\u\(UInt64(unit).hexadecimal.suffix(4))")
            }
        default: output += UTF8.encode(scalar) ?? .init()
        }
    }
}

extension UInt8 {
    /// Whether it stands for itself in a JSON string.
    fileprivate var isPlain: Bool { self >= 0x20 && self < 0x7F && self != 0x22 && self != 0x5C }
}

extension [UInt8] {
    /// Adds the text's UTF-8, all at once.
    fileprivate mutating func append(_ text: String) {
        var text = text
        text.withUTF8 { append(contentsOf: $0) }
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
