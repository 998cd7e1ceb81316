extension Sequence<UInt8> {
    /// Two lower-case digits a byte.
    @inlinable package var hexadecimal: String {
        var digits: [UInt8] = []
        digits.reserveCapacity(2 * underestimatedCount)
        for byte in self {
            digits.append(hexadecimalDigit(byte >> 4))
            digits.append(hexadecimalDigit(byte & 15))
        }
        return String(decoding: digits, as: UTF8.self)
    }
}

extension UInt64 {
    /// Its sixteen lower-case digits, the first of them also where they are zeros.
    package var hexadecimal: String {
        String(unsafeUninitializedCapacity: 16) { text in
            for place in 0..<16 {
                text[place] = hexadecimalDigit(UInt8(truncatingIfNeeded: self >> (60 - 4 * place)) & 15)
            }
            return 16
        }
    }
}

/// The digit of a number below 16, in ASCII.
@usableFromInline func hexadecimalDigit(_ value: UInt8) -> UInt8 {
    value + (value < 10 ? UInt8(ascii: "0") : UInt8(ascii: "a") - 10)
}
