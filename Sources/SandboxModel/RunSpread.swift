/// How several runs of the same sample compare.
public struct RunSpread: Sendable, Hashable {
    /// How many runs there were.
    public var count: Int
    /// How many of them met the sample's expectation.
    public var passed: Int
    /// The verdict of each run, in the order they ran.
    public var verdicts: [Verdict]
    /// How many different outputs (standard output, standard error and exit code together) they gave.
    public var distinctOutcomes: Int
    /// The shortest run's wall time.
    public var minimum: Duration
    /// The median of the wall times; the mean of the middle two when their number is even.
    public var median: Duration
    /// The longest run's wall time.
    public var maximum: Duration

    /// A comparison of runs.
    public init(
        passed: Int,
        verdicts: [Verdict],
        distinctOutcomes: Int,
        minimum: Duration,
        median: Duration,
        maximum: Duration,
    ) {
        self.count = verdicts.count
        self.passed = passed
        self.verdicts = verdicts
        self.distinctOutcomes = distinctOutcomes
        self.minimum = minimum
        self.median = median
        self.maximum = maximum
    }

    /// Whether the runs did not all end alike.
    public var flaky: Bool { distinctOutcomes > 1 || Set(verdicts).count > 1 }
}

extension RunSpread: Codable {
    private enum CodingKeys: String, CodingKey {
        case count, passed, verdicts, flaky
        case distinctOutcomes = "distinct_outcomes"
        case minimum, median, maximum
    }

    /// Decodes durations as seconds; `count` and `flaky` follow from the rest.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            passed: try container.decode(Int.self, forKey: .passed),
            verdicts: try container.decode([Verdict].self, forKey: .verdicts),
            distinctOutcomes: try container.decode(Int.self, forKey: .distinctOutcomes),
            minimum: try container.decodeSeconds(forKey: .minimum),
            median: try container.decodeSeconds(forKey: .median),
            maximum: try container.decodeSeconds(forKey: .maximum),
        )
    }

    /// Encodes durations as seconds.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(count, forKey: .count)
        try container.encode(passed, forKey: .passed)
        try container.encode(verdicts, forKey: .verdicts)
        try container.encode(flaky, forKey: .flaky)
        try container.encode(distinctOutcomes, forKey: .distinctOutcomes)
        try container.encode(minimum.inSeconds, forKey: .minimum)
        try container.encode(median.inSeconds, forKey: .median)
        try container.encode(maximum.inSeconds, forKey: .maximum)
    }
}
