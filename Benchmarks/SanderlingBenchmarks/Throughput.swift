import Benchmark
import Foundation
import Sanderling

/// Row 3: executions a second with so many at once, for Sanderling and for programs that are started bare.
func registerThroughput() {
    let subjects: [(name: String, program: Program)] = [
        ("Python", .python("print(10 + 20)")),
        ("native", .native("sum")),
    ]
    for subject in subjects {
        for atOnce in [1, 2, 8, 64] {
            Benchmark(
                "3 throughput \(subject.name) \(atOnce)",
                // Thousandths of an execution a second.
                configuration: .alternating(
                    ["sanderling", "bare"],
                    warmUp: 0,
                    iterations: Setting.count(4),
                    atMost: .seconds(30),
                ),
            ) { benchmark, sandbox in
                let inside = try await rate(atOnce) {
                    _ = try await successful(subject.program, in: sandbox)
                }
                benchmark.record("sanderling", Int(inside * 1_000))
                let outside = try await bareRate(atOnce, of: Setting.bare("3 \(subject.name)"))
                benchmark.record("bare", Int(outside * 1_000))
            } setup: {
                let sandbox = try await Sandbox()
                _ = try await successful(subject.program, in: sandbox)
                return sandbox
            }
        }
    }
}

private let window = Duration.milliseconds(700)

/// Executions a second of `execution`, repeated by `atOnce` tasks for a while, the last ones' ends included.
private func rate(_ atOnce: Int, _ execution: @escaping @Sendable () async throws -> Void) async throws
    -> Double
{
    let start = ContinuousClock.now
    let count = try await withThrowingTaskGroup(of: Int.self) { group in
        for _ in 0..<atOnce {
            group.addTask {
                var count = 0
                repeat {
                    try await execution()
                    count += 1
                } while ContinuousClock.now - start < window
                return count
            }
        }
        return try await group.reduce(0, +)
    }
    return Double(count) / ((ContinuousClock.now - start) / .seconds(1))
}

/// The same for a command, from threads of its own: waiting for a process would hold up the tasks' threads.
private func bareRate(_ atOnce: Int, of command: [String]) async throws -> Double {
    try await rate(atOnce) {
        try await withCheckedThrowingContinuation { continuation in
            Thread.detachNewThread {
                continuation.resume(with: Result { _ = try BareProcess.run(command) })
            }
        }
    }
}
