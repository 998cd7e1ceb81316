/// What a caller may have at once, and how much of its rate is left.
struct CallerAllowance {
    /// Programs that run at once.
    private(set) var concurrency: Int
    private var rate: Int
    /// What is left of its rate.
    var bucket: TokenBucket

    init(_ caller: Caller, _ bounds: ServiceConfiguration.Callers, now: ContinuousClock.Instant) {
        concurrency = Self.concurrency(caller, bounds)
        rate = Self.rate(caller, bounds)
        bucket = TokenBucket(capacity: min(bounds.burst, rate), perMinute: rate, now: now)
    }

    /// Takes over what the caller's present key says.
    mutating func follow(
        _ caller: Caller,
        _ bounds: ServiceConfiguration.Callers,
        now: ContinuousClock.Instant,
    ) {
        concurrency = Self.concurrency(caller, bounds)
        guard Self.rate(caller, bounds) != rate else { return }
        self = Self(caller, bounds, now: now)
    }

    private static func concurrency(_ caller: Caller, _ bounds: ServiceConfiguration.Callers) -> Int {
        min(bounds.concurrency, caller.ceilings.concurrency ?? .max)
    }

    private static func rate(_ caller: Caller, _ bounds: ServiceConfiguration.Callers) -> Int {
        min(bounds.rate, caller.ceilings.rate ?? .max)
    }
}
