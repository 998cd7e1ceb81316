/// What was kept of one output stream.
public struct CapturedOutput: Sendable, Hashable {
    /// The bytes kept: all of them, or the head and the tail of a stream that was too long.
    public var bytes: [UInt8]
    /// Whether bytes were dropped.
    public var truncated: Bool
    /// How many bytes the program wrote, kept or not.
    public var total: Int

    /// A captured stream; `total` defaults to the number of bytes kept.
    public init(bytes: [UInt8] = [], truncated: Bool = false, total: Int? = nil) {
        self.bytes = bytes
        self.truncated = truncated
        self.total = total ?? bytes.count
    }

    /// The bytes as text when they are valid UTF-8, else `nil`.
    public var text: String? { String(validating: bytes, as: UTF8.self) }
}
