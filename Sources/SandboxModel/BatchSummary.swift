/// The counts of a batch.
///
/// Built up result by result with ``add(_:)``, so that a batch of any size needs only this much memory.
public struct BatchSummary: Sendable, Hashable {
    /// Samples of the batch file that are to run: all but those in ``skipped``.
    public var total: Int
    /// Optional samples that are left out, because this host lacks their language.
    public var skipped: [SkippedSample]
    /// Samples that met their expectation.
    public internal(set) var passed = 0
    /// Samples that did not.
    public internal(set) var failed = 0
    /// Samples that were running when the batch was interrupted.
    public internal(set) var cancelled = 0
    /// Samples whose record was taken over from an earlier report; counted under ``passed`` or ``failed`` too.
    public internal(set) var resumed = 0
    /// Samples whose runs did not all end alike.
    public internal(set) var flaky = 0
    /// How many samples ended with each verdict; verdicts that did not occur are absent.
    public internal(set) var verdicts: [Verdict: Int] = [:]
    /// How the samples of each language fared, by the language's name.
    public internal(set) var languages: [String: Tally] = [:]
    /// Processor time of everything that ran: programs, and compilers whose work was not there already.
    public internal(set) var cpuTime: Duration = .zero
    /// The largest peak of memory that one sample's program reached; its compiler's is not counted.
    public internal(set) var peakMemory: ByteCount = .bytes(0)
    /// Real time from the start of the batch to its end.
    public var wallTime: Duration = .zero
    /// Whether the batch was stopped before every sample had finished.
    public var interrupted = false

    /// How the samples of one language fared.
    public struct Tally: Sendable, Hashable, Codable {
        /// Samples that have a result.
        public var total = 0
        /// Those that met their expectation.
        public var passed = 0

        /// A tally of nothing.
        public init() {}
    }

    /// The counts of a batch of `total` samples of which none has a result yet, and those that are left out of it.
    public init(total: Int, skipped: [SkippedSample] = []) {
        self.total = total
        self.skipped = skipped
    }

    /// Counts one sample's result.
    public mutating func add(_ sample: SampleResult) {
        let verdict = sample.result.verdict
        if sample.passed {
            passed += 1
        } else if verdict == .cancelled {
            cancelled += 1
        } else {
            failed += 1
        }
        if sample.resumed { resumed += 1 }
        if sample.runs?.flaky == true { flaky += 1 }
        verdicts[verdict, default: 0] += 1
        languages[sample.result.language, default: Tally()].total += 1
        if sample.passed { languages[sample.result.language, default: Tally()].passed += 1 }
        cpuTime += sample.result.usage.cpuTime
        if let compile = sample.result.compile, !compile.cached { cpuTime += compile.usage.cpuTime }
        peakMemory = max(peakMemory, sample.result.usage.memory)
    }

    /// Samples that were judged: neither cancelled nor never started.
    public var finished: Int { passed + failed }

    /// Samples that were never started, because the batch was interrupted.
    public var notStarted: Int { total - finished - cancelled }

    /// The share of the finished samples that met their expectation, from 0 to 1; 0 when none finished.
    public var successRate: Double { finished == 0 ? 0 : Double(passed) / Double(finished) }

    /// The share of the finished samples that did not, from 0 to 1; 0 when none finished.
    public var failureRate: Double { finished == 0 ? 0 : Double(failed) / Double(finished) }

    /// Whether every sample that was to run met its expectation.
    public var allPassed: Bool { passed == total }
}
