public import SandboxModel

/// Runs the samples of a batch side by side and hands their results on in the order of the file.
///
/// No result is kept once it has been handed on. A slow sample holds back those behind it only within a window: once
/// that is full no further sample starts, so memory does not grow with the length of the batch.
public struct BatchRunner: Sendable {
    /// How many samples run at once.
    public let jobs: Int
    /// How many times each sample runs, one after the other.
    public let repeats: Int
    /// How many samples, counted from the first whose result has not been handed on, may have been started.
    public let window: Int
    private let now: @Sendable () -> Duration

    /// A runner of `jobs` samples at once, each `repeats` times; both must be positive.
    public init(jobs: Int, repeats: Int = 1) {
        let origin = ContinuousClock.now
        self.init(jobs: jobs, repeats: repeats) { origin.duration(to: .now) }
    }

    /// A runner that reads the time from `now`.
    init(jobs: Int, repeats: Int = 1, now: @escaping @Sendable () -> Duration) {
        precondition(jobs > 0 && repeats > 0, "jobs and repeats must be positive")
        self.jobs = jobs
        self.repeats = repeats
        // Room enough for the others to go on while one sample takes as long as dozens of them.
        self.window = 4 * jobs + 64
        self.now = now
    }

    /// Runs a batch to its end, or until the task is cancelled.
    ///
    /// Samples that the executor leaves out are not started; the summary names them.
    ///
    /// On cancellation the running samples are cancelled and their results handed on, the others are not started, and
    /// the summary says `interrupted`; nothing is thrown. `deliver` is then called in a cancelled task and must still
    /// write what it is given.
    ///
    /// - Parameters:
    ///   - samples: What to run; results come in this order.
    ///   - executor: What runs it.
    ///   - recorded: The record that an earlier report has for a hash; taken over, instead of running the sample, when
    ///     the program came to an end then and ran as often as it would now.
    ///   - observe: Told what happens as it happens.
    ///   - deliver: Given each result, in the order of the file.
    /// - Returns: The counts of all results that were handed on.
    /// - Throws: ``/SandboxModel/SandboxError`` when the host refuses the batch as a whole, and what `deliver` throws.
    public func run(
        _ samples: [BatchSample],
        on executor: some BatchExecutor,
        recorded: @escaping @Sendable (_ hash: String) async throws -> SampleResult? = { _ in nil },
        observe: (BatchEvent) -> Void = { _ in },
        deliver: (SampleResult) async throws -> Void,
    ) async throws -> BatchSummary {
        let start = now()
        let skipped = try await executor.check(samples)
        let leftOut = Set(skipped.map(\.index))
        let samples = samples.filter { !leftOut.contains($0.index) }
        var summary = BatchSummary(total: samples.count, skipped: skipped)
        try await withThrowingTaskGroup(of: (place: Int, result: SampleResult).self) { group in
            var (started, running, delivered) = (0, 0, 0)
            var waiting: [Int: SampleResult] = [:]
            while true {
                while running < jobs, started < samples.count, started - delivered < window, !Task.isCancelled
                {
                    let (sample, place) = (samples[started], started)
                    observe(.sampleStarted(index: sample.index, description: sample.description))
                    group.addTask {
                        let run = SampleRun(sample: sample, repeats: repeats, origin: start, now: now)
                        return (place, try await run.result(on: executor, recorded: recorded))
                    }
                    started += 1
                    running += 1
                }
                guard let finished = try await group.next() else { break }
                running -= 1
                observe(.sampleFinished(finished.result))
                waiting[finished.place] = finished.result
                while let next = waiting.removeValue(forKey: delivered) {
                    summary.add(next)
                    try await deliver(next)
                    delivered += 1
                }
            }
        }
        summary.interrupted = summary.finished < summary.total
        summary.wallTime = now() - start
        return summary
    }
}
