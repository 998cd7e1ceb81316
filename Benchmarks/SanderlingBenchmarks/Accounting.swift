import Benchmark
import Sanderling

/// Row 8: what the result says that a program used, against what the program found in its own accounts.
func registerAccounting() {
    for (cpu, memory) in [(20, 8), (200, 64), (1_000, 128)] {
        Benchmark(
            "8 accounting \(cpu) ms \(memory) MB",
            configuration: .alternating(
                ["cpu error", "cpu used", "memory error", "memory used"],
                warmUp: 0,
                iterations: Setting.count(cpu > 500 ? 5 : 20),
                atMost: .seconds(10),
            ),
        ) { benchmark, sandbox in
            let result = try await successful(.native("consume", ["\(cpu)", "\(memory)"]), in: sandbox)
            let own = (result.stdout.text ?? "").split(whereSeparator: \.isWhitespace).compactMap { Int($0) }
            guard own.count == 2 else { throw BenchmarkFailure("the program did not say what it used") }
            let reported = Int(result.usage.cpuTime / .nanoseconds(1))
            benchmark.record("cpu used", own[0])
            benchmark.record("cpu error", abs(reported - own[0]))
            benchmark.record("memory used", own[1])
            benchmark.record("memory error", abs(result.usage.memory.bytes - own[1]))
        } setup: {
            try await Sandbox()
        }
    }
}
