/// A number of bytes.
///
/// Units are those of the SI and the IEC: a megabyte is 10^6 bytes, a mebibyte 2^20 bytes.
public struct ByteCount: Sendable, Hashable, Comparable, Codable {
    /// The count, in bytes.
    ///
    /// A negative one lies outside every limit's range, and is refused there.
    public let bytes: Int

    /// A count of `bytes`.
    public init(bytes: Int) { self.bytes = bytes }

    /// A count of bytes.
    public static func bytes(_ count: Int) -> Self { Self(bytes: count) }

    /// A count of kilobytes, 10^3 bytes each.
    public static func kilobytes(_ count: Int) -> Self { Self(count, times: 1_000) }

    /// A count of megabytes, 10^6 bytes each.
    public static func megabytes(_ count: Int) -> Self { Self(count, times: 1_000_000) }

    /// A count of mebibytes, 2^20 bytes each.
    public static func mebibytes(_ count: Int) -> Self { Self(count, times: 1 << 20) }

    /// A product that stays at the end of the range instead of overflowing: no limit reaches that far.
    private init(_ count: Int, times unit: Int) {
        let (product, overflow) = count.multipliedReportingOverflow(by: unit)
        bytes = overflow ? (count < 0 ? .min : .max) : product
    }

    /// Orders counts by their number of bytes.
    public static func < (left: Self, right: Self) -> Bool { left.bytes < right.bytes }

    /// Decodes a plain number of bytes.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let count = try container.decode(Int.self)
        guard count >= 0 else {
            throw DecodingError.dataCorruptedError(
                in: container,
                debugDescription: "a byte count is negative",
            )
        }
        bytes = count
    }

    /// Encodes as a plain number of bytes.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(bytes)
    }
}
