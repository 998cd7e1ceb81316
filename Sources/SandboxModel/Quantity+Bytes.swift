extension ByteCount {
    /// What a size without a unit counts.
    public enum BareUnit: Sendable {
        /// Bytes, as the command's options do.
        case bytes
        /// Megabytes, as the batch file does for memory.
        case megabytes
    }

    /// Reads a size as people write it: `100M`, `1.5GB`, `64KiB`, `4096`.
    ///
    /// `k`, `M`, `G` and `T`, with or without a `B`, are powers of 1000; `Ki`, `Mi`, `Gi` and `Ti` are powers of 1024.
    /// Upper and lower case mean the same.
    ///
    /// - Parameters:
    ///   - text: What was written.
    ///   - bare: What a number without a unit counts.
    ///   - range: What is permitted, from ``LimitRange``.
    /// - Throws: ``QuantityError`` when it cannot be read, is not a whole number of bytes, or lies outside the range.
    public init(
        quantity text: String,
        bare: BareUnit = .bytes,
        within range: ClosedRange<ByteCount>,
    ) throws(QuantityError) {
        let kind = Quantity.Kind(name: "a size", examples: "64k, 100MB or 1GiB")
        let parts = try Quantity.read(text, as: kind)
        guard let part = parts.first, parts.count == 1 else {
            throw QuantityError(message: "\(text.quoted) is not a size; write it like \(kind.examples)")
        }
        let bareName = bare == .bytes ? "b" : "mb"
        guard let unit = Self.units[part.unit.isEmpty ? bareName : part.unit] else {
            throw QuantityError(
                message:
                    "\(text.quoted) has the unknown unit \(part.unit.quoted); write a size like \(kind.examples)"
            )
        }
        guard let bytes = part.times(unit) else {
            throw QuantityError(message: "\(text.quoted) is not a whole number of bytes")
        }
        // A count beyond the machine's integers is beyond every range, too.
        let count = ByteCount.bytes(Int(clamping: bytes))
        let hint = part.unit.isEmpty ? " (a number alone counts \(bare))" : ""
        self = try range.admit(count, writtenAs: text, zero: .bytes(0), hint: hint)
    }

    /// Bytes in each unit.
    private static let units: [String: Int128] = {
        var units: [String: Int128] = ["b": 1, "byte": 1, "bytes": 1]
        for (exponent, letter) in ["k", "m", "g", "t"].enumerated() {
            let decimal = (0...exponent).reduce(Int128(1)) { power, _ in power * 1_000 }
            units[letter] = decimal
            units[letter + "b"] = decimal
            units[letter + "i"] = Int128(1) << (10 * (exponent + 1))
            units[letter + "ib"] = Int128(1) << (10 * (exponent + 1))
        }
        return units
    }()
}

extension ByteCount: Written {
    /// The size in the largest unit that gives a whole number: `100MB`, `1TiB`, `1500 bytes`.
    package var written: String {
        let units: [(Int, String)] = [
            (1 << 40, "TiB"), (1_000_000_000_000, "TB"), (1 << 30, "GiB"), (1_000_000_000, "GB"),
            (1 << 20, "MiB"), (1_000_000, "MB"), (1 << 10, "KiB"), (1_000, "kB"),
        ]
        for (unit, name) in units where bytes >= unit && bytes.isMultiple(of: unit) {
            return "\(bytes / unit)\(name)"
        }
        return bytes == 1 ? "1 byte" : "\(bytes) bytes"
    }
}
