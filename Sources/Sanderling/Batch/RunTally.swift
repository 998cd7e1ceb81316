import Crypto
import SandboxModel

/// Counts the runs of one sample without keeping what they wrote.
struct RunTally {
    private var passed = 0
    private var verdicts: [Verdict] = []
    private var wallTimes: [Duration] = []
    private var outcomes: Set<SHA256Digest> = []

    /// Counts a run.
    mutating func add(_ result: ExecutionResult, passed isPassed: Bool) {
        passed += isPassed ? 1 : 0
        verdicts.append(result.verdict)
        wallTimes.append(result.usage.wallTime)
        var hash = SHA256()
        hash.update(data: result.stdout.bytes)
        hash.update(data: Array("\u{0}\(result.stdout.bytes.count) \(result.exitCode)\u{0}".utf8))
        hash.update(data: result.stderr.bytes)
        outcomes.insert(hash.finalize())
    }

    /// How the runs counted so far compare; `nil` when there are none.
    var spread: RunSpread? {
        let sorted = wallTimes.sorted()
        guard let minimum = sorted.first, let maximum = sorted.last else { return nil }
        let (low, high) = (sorted[(sorted.count - 1) / 2], sorted[sorted.count / 2])
        return RunSpread(
            passed: passed,
            verdicts: verdicts,
            distinctOutcomes: outcomes.count,
            minimum: minimum,
            median: (low + high) / 2,
            maximum: maximum,
        )
    }
}
