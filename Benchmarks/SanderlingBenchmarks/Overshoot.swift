import Benchmark
import Sanderling

/// Row 5: how late a limit on time strikes, as the result says and as the program itself last saw it.
func registerOvershoot() {
    for load in ["idle", "loaded"] {
        for clock in [LimitedClock.wall, .cpu] {
            Benchmark(
                "5 overshoot \(clock.rawValue) \(load)",
                configuration: .alternating(
                    ["reported", "seen"],
                    warmUp: 0,
                    iterations: 1,
                    atMost: .seconds(60),
                ),
            ) { benchmark, sandbox in
                // Two other programs for each processor.
                let others = load == "loaded" ? 2 * Setting.processors : 0
                try await BareProcess.beside(others, of: [Setting.path("spin")]) {
                    for _ in 0..<Setting.count(load == "idle" ? 120 : 60) {
                        let (reported, seen) = try await clock.overshoot(in: sandbox)
                        benchmark.record("reported", reported)
                        benchmark.record("seen", seen)
                    }
                }
            } setup: {
                let sandbox = try await Sandbox()
                for _ in 0..<5 { _ = try await successful(.native("sum"), in: sandbox) }
                return sandbox
            }
        }
    }
}

/// A clock whose limit a program is made to exceed.
private enum LimitedClock: String {
    case wall, cpu

    private static let limit = Duration.milliseconds(50)

    /// How far beyond the limit the program came: by the result's account, and by the program's own.
    func overshoot(in sandbox: Sandbox) async throws -> (reported: Duration, seen: Duration) {
        let limits = self == .wall ? Limits(wallTime: Self.limit) : Limits(cpuTime: Self.limit)
        let result = try await sandbox.execute(.native("overrun", [rawValue, "50"]), limits: limits)
        let expected: Verdict = self == .wall ? .wallTimeExceeded : .cpuTimeExceeded
        guard result.verdict == expected else {
            throw BenchmarkFailure("expected \(expected), got \(result.verdict)")
        }
        let used = self == .wall ? result.usage.wallTime : result.usage.cpuTime
        // The program writes how far beyond the limit it is, again and again: the last whole line counts.
        let lines = (result.stdout.text ?? "").split(separator: "\n", omittingEmptySubsequences: false)
        return (used - Self.limit, .nanoseconds(lines.dropLast().last.flatMap { Int($0) } ?? 0))
    }
}
