import Benchmark
import Foundation
import Sanderling

/// Row 3, continued: whether the thousandth execution takes the time and leaves the memory of the tenth.
func registerGrowth() {
    let points = Setting.isQuick ? [10, 100, 1_000] : [10, 100, 1_000, 10_000]
    Benchmark(
        "3 growth",
        configuration: .alternating(
            points.flatMap { ["time to \($0)", "bare to \($0)", "resident at \($0)", "gone at \($0)"] },
            warmUp: 0,
            iterations: 1,
            atMost: .seconds(180),
        ),
    ) { benchmark, sandbox in
        let available = try MemoryReading.available()
        var done = 0
        for point in points {
            while done < point {
                // As many at once as there are processors.
                let batch = min(Setting.processors, point - done)
                let times = try await withThrowingTaskGroup(of: Duration.self) { group in
                    for _ in 0..<batch {
                        group.addTask {
                            try await timed { _ = try await successful(.native("sum"), in: sandbox) }
                        }
                    }
                    return try await group.reduce(into: []) { $0.append($1) }
                }
                for time in times { benchmark.record("time to \(point)", time) }
                let bare = try await timed { _ = try BareProcess.run(Setting.bare("3 native")) }
                benchmark.record("bare to \(point)", bare)
                done += batch
            }
            benchmark.record("resident at \(point)", try MemoryReading.residentOfThisTree())
            benchmark.record("gone at \(point)", available - (try MemoryReading.available()))
        }
    } setup: {
        try await Sandbox()
    }
}
