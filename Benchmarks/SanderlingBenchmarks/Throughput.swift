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
        let parts = Setting.commands(of: "3 \(subject.name), parts").sorted { $0.key < $1.key }
        for atOnce in [1, 2, 8, 64] {
            let servants = atOnce == Setting.processors ? parts : []
            Benchmark(
                "3 throughput \(subject.name) \(atOnce)",
                // Thousandths of an execution a second.
                configuration: .alternating(
                    ["sanderling", "bare"] + servants.map(\.key),
                    warmUp: 0,
                    iterations: Setting.count(4),
                    atMost: .seconds(30),
                ),
            ) { benchmark, sandbox in
                let inside = try await rate(atOnce) { _ in
                    _ = try await successful(subject.program, in: sandbox)
                }
                benchmark.record("sanderling", Int(inside * 1_000))
                let outside = try await bareRate(atOnce, of: Setting.bare("3 \(subject.name)"))
                benchmark.record("bare", Int(outside * 1_000))
                for (part, command) in servants {
                    benchmark.record(part, Int(try await servedRate(atOnce, by: command) * 1_000))
                }
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
///
/// `execution` is told which of the tasks it is for.
private func rate(_ atOnce: Int, _ execution: @escaping @Sendable (Int) async throws -> Void) async throws
    -> Double
{
    let start = ContinuousClock.now
    let count = try await withThrowingTaskGroup(of: Int.self) { group in
        for index in 0..<atOnce {
            group.addTask {
                var count = 0
                repeat {
                    try await execution(index)
                    count += 1
                } while ContinuousClock.now - start < window
                return count
            }
        }
        return try await group.reduce(0, +)
    }
    return Double(count) / ((ContinuousClock.now - start) / .seconds(1))
}

/// The same for a command.
private func bareRate(_ atOnce: Int, of command: [String]) async throws -> Double {
    try await rate(atOnce) { _ in try await onThread { _ = try BareProcess.run(command) } }
}

/// The same for as many processes of a command that run something themselves.
private func servedRate(_ atOnce: Int, by command: [String]) async throws -> Double {
    let servants = try (0..<atOnce).map { _ in try Servant(command) }
    return try await rate(atOnce) { index in try await onThread { _ = try servants[index].run() } }
}

/// Does what waits for a process on a thread of its own: it would hold up the tasks' threads.
private func onThread(_ work: @escaping @Sendable () throws -> Void) async throws {
    try await withCheckedThrowingContinuation { continuation in
        Thread.detachNewThread { continuation.resume(with: Result { try work() }) }
    }
}
