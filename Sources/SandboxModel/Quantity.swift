/// A quantity that cannot be read, or that lies outside what is permitted.
public struct QuantityError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What is wrong and what to write instead, in one sentence that begins with the quantity itself.
    public let message: String

    /// The message.
    public var description: String { message }
}

/// A number with its unit, as a person wrote it: `1.5` and `GiB`.
struct Quantity {
    /// What kind of thing is being read, for messages.
    struct Kind {
        /// With its article: `a time`.
        var name: String
        /// How it is written: `500ms, 10s, 2m or 1h30m`.
        var examples: String
    }

    /// The number's digits, without its point.
    var digits: Int128
    /// How many of the digits lie behind the point.
    var decimals: Int
    /// What follows the number, in lower case; empty when nothing does.
    var unit: String

    /// Reads a text that is one quantity, or several in a row: `1h30m`.
    ///
    /// Anything but digits, points, units and blanks is refused: no sign, no exponent, no infinity.
    static func read(_ text: String, as kind: Kind) throws(QuantityError) -> [Self] {
        var rest = text.trimmed
        guard !rest.isEmpty else {
            throw QuantityError(message: "\(text.quoted) is empty; write \(kind.examples)")
        }
        guard !endless.contains(rest.lowercased()) else {
            throw QuantityError(
                message: "\(text.quoted) is not \(kind.name): every limit is a number; write \(kind.examples)"
            )
        }
        guard rest.first != "-" else {
            throw QuantityError(
                message: "\(text.quoted) is negative; write \(kind.name) like \(kind.examples)"
            )
        }
        var quantities: [Self] = []
        while !rest.isEmpty {
            guard let number = number(from: &rest) else {
                throw QuantityError(
                    message: "\(text.quoted) is not \(kind.name); write it like \(kind.examples)"
                )
            }
            guard number.digits < largest, number.decimals <= 15, quantities.count < mostParts else {
                throw QuantityError(message: "\(text.quoted) has too many digits for \(kind.name)")
            }
            let unit = rest.prefix { !$0.isDigit && $0 != "." }
            rest = rest.dropFirst(unit.count)
            quantities.append(
                Self(digits: number.digits, decimals: number.decimals, unit: unit.trimmed.lowercased())
            )
        }
        return quantities
    }

    /// The number times `factor`, or `nil` when that is not a whole number.
    func times(_ factor: Int128) -> Int128? {
        let divisor = (0..<decimals).reduce(Int128(1)) { power, _ in power * 10 }
        let (quotient, remainder) = (digits * factor).quotientAndRemainder(dividingBy: divisor)
        return remainder == 0 ? quotient : nil
    }

    /// Words that people write for "no limit", in lower case.
    private static let endless: Set = [
        "nan", ".nan", "inf", "+inf", "-inf", ".inf", "+.inf", "-.inf", "infinity", "-infinity", "unlimited",
        "none", "null", "max", "~", "no", "off",
    ]

    /// More digits than any limit needs; the largest unit times this still fits in 128 bits.
    private static let largest: Int128 = 1_000_000_000_000_000

    /// More parts than a time has units; their sum, too, still fits.
    private static let mostParts = 5

    /// Takes a decimal number off the front of `text`; its digits stop growing once they are too many.
    private static func number(from text: inout Substring) -> (digits: Int128, decimals: Int)? {
        var (digits, decimals, sawDigit, sawPoint) = (Int128(0), 0, false, false)
        while let character = text.first {
            if let digit = character.isDigit ? character.wholeNumberValue : nil {
                sawDigit = true
                if digits < largest {
                    digits = digits * 10 + Int128(digit)
                    decimals += sawPoint ? 1 : 0
                }
            } else if character == ".", !sawPoint {
                sawPoint = true
            } else {
                break
            }
            text = text.dropFirst()
        }
        guard sawDigit else { return nil }
        return (digits, decimals)
    }
}

extension Character {
    /// Whether it is one of the ten digits of ASCII.
    fileprivate var isDigit: Bool { ("0"..."9").contains(self) }
}

extension StringProtocol where SubSequence == Substring {
    /// The text without blanks around it.
    fileprivate var trimmed: Substring {
        let head = drop(while: \.isWhitespace)
        guard let last = head.lastIndex(where: { !$0.isWhitespace }) else { return head[head.endIndex...] }
        return head[...last]
    }
}
