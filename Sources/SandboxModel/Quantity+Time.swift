extension Duration {
    /// Reads a time as people write it: `500ms`, `5s`, `1.5`, `2m`, `1h30m`.
    ///
    /// Units are `us`, `ms`, `s`, `m` and `h`, or their longer names; a number alone counts seconds.
    ///
    /// - Parameters:
    ///   - text: What was written.
    ///   - range: What is permitted, from ``LimitRange``.
    /// - Throws: ``QuantityError`` when it cannot be read or lies outside the range.
    public init(quantity text: String, within range: ClosedRange<Duration>) throws(QuantityError) {
        let kind = Quantity.Kind(name: "a time", examples: "500ms, 10s, 2m or 1h30m")
        let parts = try Quantity.read(text, as: kind)
        var attoseconds: Int128 = 0
        for part in parts {
            // A number alone is only clear when it stands alone: `1m30` may be seconds, or a slip.
            guard let unit = Self.units[part.unit.isEmpty && parts.count == 1 ? "s" : part.unit] else {
                let fault =
                    part.unit.isEmpty ? "ends without a unit" : "has the unknown unit \(part.unit.quoted)"
                throw QuantityError(message: "\(text.quoted) \(fault); write a time like \(kind.examples)")
            }
            guard let sum = part.times(unit) else {
                throw QuantityError(message: "\(text.quoted) is finer than a time can be")
            }
            attoseconds += sum
        }
        self = try range.admit(Duration(attoseconds: attoseconds), writtenAs: text, zero: .zero)
    }

    /// Attoseconds in each unit.
    private static let units: [String: Int128] = {
        let second: Int128 = 1_000_000_000_000_000_000
        let names: [(Int128, [String])] = [
            (second / 1_000_000, ["us", "µs", "μs"]),
            (second / 1_000, ["ms", "msec", "millisecond", "milliseconds"]),
            (second, ["s", "sec", "secs", "second", "seconds"]),
            (second * 60, ["m", "min", "mins", "minute", "minutes"]),
            (second * 3_600, ["h", "hr", "hrs", "hour", "hours"]),
        ]
        return Dictionary(uniqueKeysWithValues: names.flatMap { size, names in names.map { ($0, size) } })
    }()
}

extension Duration: Written {
    /// The time in the largest unit that gives a whole number: `2m`, `1500ms`.
    package var written: String {
        for (unit, name) in [(Duration.seconds(3_600), "h"), (.seconds(60), "m"), (.seconds(1), "s")]
        where self >= unit && attoseconds % unit.attoseconds == 0 {
            return "\(attoseconds / unit.attoseconds)\(name)"
        }
        let milliseconds = attoseconds / 1_000_000_000_000_000
        guard milliseconds * 1_000_000_000_000_000 == attoseconds else { return "\(inSeconds)s" }
        return "\(milliseconds)ms"
    }
}
