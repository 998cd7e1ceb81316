extension KeyedDecodingContainer {
    /// Decodes a number of seconds, to the nanosecond.
    ///
    /// Throws for a number that no clock of ours could have measured, where `Duration.seconds(_:)` would trap.
    package func decodeSeconds(forKey key: Key) throws -> Duration {
        let seconds = try decode(Double.self, forKey: key)
        guard let nanoseconds = Int64(exactly: (seconds * 1e9).rounded()) else {
            throw DecodingError.dataCorruptedError(
                forKey: key,
                in: self,
                debugDescription: "\(seconds) seconds are more than a duration holds",
            )
        }
        return .nanoseconds(nanoseconds)
    }
}
