import Testing

@testable import Service

/// Rates, by a clock that stands still.
struct TokenBucketTests {
    @Test func `a burst is given at once and then the rate tells`() {
        let start = ContinuousClock.now
        var bucket = TokenBucket(capacity: 2, perMinute: 60, now: start)
        #expect(bucket.take(now: start) == nil)
        #expect(bucket.take(now: start) == nil)
        #expect(bucket.take(now: start) == .seconds(1))
        #expect(bucket.take(now: start + .seconds(1)) == nil)
    }

    @Test func `more than it holds is given when it is full and owed afterwards`() {
        let start = ContinuousClock.now
        var bucket = TokenBucket(capacity: 2, perMinute: 60, now: start)
        #expect(bucket.take(4, now: start) == nil)
        #expect(bucket.take(now: start) == .seconds(3))
    }
}
