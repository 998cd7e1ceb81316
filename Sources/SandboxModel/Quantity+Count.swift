extension Int {
    /// Reads a plain count, such as a number of processes.
    ///
    /// - Parameters:
    ///   - text: What was written.
    ///   - range: What is permitted, from ``LimitRange``.
    /// - Throws: ``QuantityError`` when it is not a whole number or lies outside the range.
    public init(quantity text: String, within range: ClosedRange<Int>) throws(QuantityError) {
        let kind = Quantity.Kind(
            name: "a count",
            examples: "a whole number such as \(range.lowerBound.written)",
        )
        let parts = try Quantity.read(text, as: kind)
        guard let part = parts.first, parts.count == 1, part.unit.isEmpty, let count = part.times(1) else {
            throw QuantityError(message: "\(text.quoted) is not a whole number")
        }
        self = try range.admit(Int(clamping: count), writtenAs: text, zero: 0)
    }
}

extension Int: Written {
    /// The number in decimal digits.
    package var written: String { String(self) }
}
