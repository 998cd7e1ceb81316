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

    private static func caller(_ key: String, rate: Int?) -> Caller {
        Caller(name: "ada", scopes: [.submit], ceilings: CallerCeilings(rate: rate), key: key)
    }

    @Test func `another key of the same caller fills no bucket`() {
        let start = ContinuousClock.now
        var allowance = CallerAllowance(ServiceConfiguration.Callers(), now: start)
        let keys = [Self.caller("a", rate: 2), Self.caller("b", rate: 3)]
        let accepted = (0..<20).map { keys[$0 % 2] }.filter {
            allowance.take(1, by: $0, now: start) == nil
        }
        #expect(accepted.map(\.key) == ["a", "b", "a", "b", "b"])
        #expect(allowance.take(1, by: keys[0], now: start) == .seconds(30))
        #expect(allowance.take(1, by: keys[1], now: start + .seconds(20)) == nil)
        #expect(!allowance.isFull(now: start + .seconds(30)))
        #expect(allowance.isFull(now: start + .seconds(120)))
    }

    @Test func `all keys of a caller share its rate, and one that has none left takes nothing of it`() {
        let start = ContinuousClock.now
        var bounds = ServiceConfiguration.Callers()
        bounds.rate = 4
        var allowance = CallerAllowance(bounds, now: start)
        let (low, high) = (Self.caller("a", rate: 1), Self.caller("b", rate: nil))
        #expect(allowance.take(1, by: low, now: start) == nil)
        for _ in 0..<5 { #expect(allowance.take(1, by: low, now: start) == .seconds(60)) }
        for _ in 0..<3 { #expect(allowance.take(1, by: high, now: start) == nil) }
        #expect(allowance.take(1, by: high, now: start) == .seconds(15))
    }
}
