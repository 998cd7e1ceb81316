import Benchmark
import Foundation
import Sanderling

/// Row 3, continued: whether the ten thousandth execution takes the time and leaves the memory of the tenth.
///
/// Afterwards the sandbox that has run them takes turns with a new one in the same process, so that what the machine does
/// meanwhile befalls both.
func registerGrowth() {
    let points = Setting.isQuick ? [10, 100, 1_000] : [10, 100, 1_000, 10_000]
    Benchmark(
        "3 growth",
        configuration: .alternating(
            points.flatMap { ["time to \($0)", "bare to \($0)", "resident at \($0)", "gone at \($0)"] }
                + ["time aged", "time new"],
            warmUp: 0,
            iterations: 1,
            atMost: .seconds(240),
        ),
    ) { benchmark, sandbox in
        let available = try MemoryReading.available()
        var done = 0
        for point in points {
            while done < point {
                let batch = min(Setting.processors, point - done)
                for time in try await times(of: batch, in: sandbox) {
                    benchmark.record("time to \(point)", time)
                }
                let bare = try await timed { _ = try BareProcess.run(Setting.bare("3 native")) }
                benchmark.record("bare to \(point)", bare)
                done += batch
            }
            benchmark.record("resident at \(point)", try MemoryReading.residentOfThisTree())
            benchmark.record("gone at \(point)", available - (try MemoryReading.available()))
        }
        let new = try await Sandbox()
        // The first find everything cold.
        for _ in 0..<10 { _ = try await times(of: Setting.processors, in: new) }
        for _ in 0..<Setting.count(20) {
            for (quantity, sandbox) in [("time aged", sandbox), ("time new", new)] {
                for turn in 0..<25 {
                    let times = try await times(of: Setting.processors, in: sandbox)
                    // Cells that were kept ready while the other had its turn would flatter the first of this one.
                    if turn >= 5 { for time in times { benchmark.record(quantity, time) } }
                }
            }
        }
        await new.shutDown()
    } setup: {
        try await Sandbox()
    }
}

/// How long each of `count` executions at once takes.
private func times(of count: Int, in sandbox: Sandbox) async throws -> [Duration] {
    try await withThrowingTaskGroup(of: Duration.self) { group in
        for _ in 0..<count {
            group.addTask { try await timed { _ = try await successful(.native("sum"), in: sandbox) } }
        }
        return try await group.reduce(into: []) { $0.append($1) }
    }
}
