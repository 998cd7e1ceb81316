extension StringProtocol {
    /// The names in a path as the kernel sees them; path_resolution(7).
    ///
    /// To it a slash is a byte. To Swift a slash with a combining mark after it is one character and another one, so that
    /// splitting by characters would let `../` with a mark behind it pass for a name.
    ///
    /// - Parameter keepingEmpty: Whether the empty names count that stand before, after and between slashes.
    /// - Returns: The names in their order.
    package func pathNames(keepingEmpty: Bool = false) -> [String] {
        utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: !keepingEmpty)
            .map { String(decoding: $0, as: UTF8.self) }
    }
}
