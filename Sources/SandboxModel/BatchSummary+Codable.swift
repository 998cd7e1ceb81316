extension BatchSummary: Codable {
    private enum CodingKeys: String, CodingKey {
        case total, skipped, finished, passed, failed, cancelled, resumed, flaky, interrupted
        case notStarted = "not_started"
        case successRate = "success_rate"
        case failureRate = "failure_rate"
        case wallTime = "wall_time"
        case cpuTime = "cpu_time"
        case peakMemory = "peak_memory"
        case verdicts, languages
    }

    /// Decodes durations as seconds and sizes as bytes; rates and sums follow from the counts.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            total: try container.decode(Int.self, forKey: .total),
            skipped: try container.decodeIfPresent([SkippedSample].self, forKey: .skipped) ?? [],
        )
        passed = try container.decode(Int.self, forKey: .passed)
        failed = try container.decode(Int.self, forKey: .failed)
        cancelled = try container.decode(Int.self, forKey: .cancelled)
        resumed = try container.decode(Int.self, forKey: .resumed)
        flaky = try container.decode(Int.self, forKey: .flaky)
        interrupted = try container.decode(Bool.self, forKey: .interrupted)
        wallTime = try container.decodeSeconds(forKey: .wallTime)
        cpuTime = try container.decodeSeconds(forKey: .cpuTime)
        peakMemory = try container.decode(ByteCount.self, forKey: .peakMemory)
        verdicts = try container.decode([Verdict: Int].self, forKey: .verdicts)
        languages = try container.decode([String: Tally].self, forKey: .languages)
    }

    /// Encodes durations as seconds, sizes as bytes, and the verdicts as an object keyed by their names.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(total, forKey: .total)
        try container.encode(skipped, forKey: .skipped)
        try container.encode(finished, forKey: .finished)
        try container.encode(passed, forKey: .passed)
        try container.encode(failed, forKey: .failed)
        try container.encode(cancelled, forKey: .cancelled)
        try container.encode(notStarted, forKey: .notStarted)
        try container.encode(resumed, forKey: .resumed)
        try container.encode(flaky, forKey: .flaky)
        try container.encode(interrupted, forKey: .interrupted)
        try container.encode(successRate, forKey: .successRate)
        try container.encode(failureRate, forKey: .failureRate)
        try container.encode(wallTime.inSeconds, forKey: .wallTime)
        try container.encode(cpuTime.inSeconds, forKey: .cpuTime)
        try container.encode(peakMemory, forKey: .peakMemory)
        try container.encode(verdicts, forKey: .verdicts)
        try container.encode(languages, forKey: .languages)
    }
}

/// Lets dictionaries keyed by verdicts be JSON objects.
extension Verdict: CodingKeyRepresentable {}
