/// What a caller may have at once, and how much of its rate is left.
///
/// All keys of a caller share the operator's rate. What a key says less counts for that key besides, and for no other: one that is
/// used up is not filled again, nor another emptied, by what comes with the other.
struct CallerAllowance {
    /// A rate that a key says.
    private struct KeyRate: Hashable {
        var key: String?
        var perMinute: Int
    }

    /// Programs that run at once, by the key that came last.
    private(set) var concurrency: Int
    private let bounds: ServiceConfiguration.Callers
    /// What is left of the operator's rate.
    private var bucket: TokenBucket
    /// What is left of the keys' own.
    private var ofKeys: [KeyRate: TokenBucket] = [:]

    init(_ bounds: ServiceConfiguration.Callers, now: ContinuousClock.Instant) {
        self.bounds = bounds
        concurrency = bounds.concurrency
        bucket = TokenBucket(
            capacity: min(bounds.burst, bounds.rate),
            perMinute: bounds.rate,
            now: now,
        )
    }

    /// Takes `count` submissions that come with the caller's present key, or says how long it takes until they can be.
    mutating func take(_ count: Int, by caller: Caller, now: ContinuousClock.Instant) -> Duration? {
        concurrency = min(bounds.concurrency, caller.ceilings.concurrency ?? .max)
        guard let rate = caller.ceilings.rate, rate < bounds.rate else {
            return bucket.take(count, now: now)
        }
        let key = KeyRate(key: caller.key, perMinute: rate)
        var own =
            ofKeys[key] ?? TokenBucket(capacity: min(bounds.burst, rate), perMinute: rate, now: now)
        // Neither is taken from where the other has not enough.
        let delays = [own.delay(for: count, now: now), bucket.delay(for: count, now: now)]
        if let delay = delays.compactMap(\.self).max() { return delay }
        _ = own.take(count, now: now)
        ofKeys[key] = own
        return bucket.take(count, now: now)
    }

    /// Whether nothing has been taken for so long that a new one would be the same.
    func isFull(now: ContinuousClock.Instant) -> Bool {
        bucket.isFull(now: now) && ofKeys.values.allSatisfy { $0.isFull(now: now) }
    }
}
