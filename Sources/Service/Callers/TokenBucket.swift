import SandboxModel

/// A rate with a burst: tokens come back at an even pace, and each submission takes one.
struct TokenBucket {
    /// The most it holds.
    let capacity: Double
    /// Tokens that come back in a second.
    let perSecond: Double
    private var tokens: Double
    private var filledAt: ContinuousClock.Instant

    /// A full bucket.
    init(capacity: Int, perMinute: Int, now: ContinuousClock.Instant) {
        self.capacity = Double(capacity)
        perSecond = Double(perMinute) / 60
        tokens = Double(capacity)
        filledAt = now
    }

    /// Takes `count` tokens, or says how long it takes until they are there.
    ///
    /// More than the bucket holds are given when it is full, and then owed.
    mutating func take(_ count: Int = 1, now: ContinuousClock.Instant) -> Duration? {
        if let delay = delay(for: count, now: now) { return delay }
        tokens = filled(at: now) - Double(count)
        filledAt = now
        return nil
    }

    /// How long it takes until `count` tokens can be taken, or `nil` when they can be now.
    func delay(for count: Int, now: ContinuousClock.Instant) -> Duration? {
        let needed = min(Double(count), capacity)
        let there = filled(at: now)
        return there < needed ? .seconds((needed - there) / perSecond) : nil
    }

    private func filled(at now: ContinuousClock.Instant) -> Double {
        min(capacity, tokens + (now - filledAt).inSeconds * perSecond)
    }

    /// Whether nothing has been taken for so long that a new one would be the same.
    func isFull(now: ContinuousClock.Instant) -> Bool {
        tokens + (now - filledAt).inSeconds * perSecond >= capacity
    }
}
