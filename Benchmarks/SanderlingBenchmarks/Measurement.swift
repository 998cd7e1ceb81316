import Benchmark
import Sanderling

/// The harness keeps whole numbers from 0 on: times are kept in nanoseconds, sizes in bytes.
extension Benchmark.Configuration {
    /// A benchmark whose iterations record these quantities themselves, so that subjects alternate within each.
    static func alternating(_ quantities: [String], warmUp: Int, iterations: Int, atMost: Duration) -> Self {
        let metrics = quantities.map { BenchmarkMetric.custom($0) }
        return Self(
            metrics: metrics,
            // Without units of their own, quantities are exported in thousands or millions, as suits their size.
            units: Dictionary(uniqueKeysWithValues: metrics.map { ($0, .count) }),
            warmupIterations: warmUp,
            maxDuration: atMost,
            maxIterations: iterations,
        )
    }
}

extension Benchmark {
    /// Records a duration in nanoseconds.
    func record(_ quantity: String, _ duration: Duration) {
        let parts = duration.components
        record(quantity, Int(parts.seconds) * 1_000_000_000 + Int(parts.attoseconds / 1_000_000_000))
    }

    /// Records a count; one below 0 counts as 0.
    func record(_ quantity: String, _ count: Int) { measurement(.custom(quantity), max(0, count)) }
}

/// Runs `program` and returns its record; anything but a program that went well is an error.
func successful(
    _ program: Program,
    in sandbox: Sandbox,
    policy: Policy = Policy(),
    limits: Limits = Limits(),
) async throws -> ExecutionResult {
    let result = try await sandbox.execute(program, policy: policy, limits: limits)
    guard result.verdict == .ok else {
        throw BenchmarkFailure(
            "\(program.language): \(result.verdict): \(result.errorMessage ?? ""): \(result.stderr.text ?? "")"
        )
    }
    return result
}

/// How long `body` takes.
func timed(_ body: () async throws -> Void) async rethrows -> Duration {
    let start = ContinuousClock.now
    try await body()
    return ContinuousClock.now - start
}
