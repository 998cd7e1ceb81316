import Benchmark
import Glibc
import Sanderling

/// Row 6: what a cell takes, by the fall of `MemAvailable` over a hundred of them, kernel objects included.
///
/// Cells that run a waiting program. Idle cells and parked interpreters are what a pool would hold: see `rows/memory.py`.
func registerCellMemory() {
    let subjects: [(name: String, program: Program)] = [
        ("native", .native("wait")),
        ("Python", .python("import time; time.sleep(60)")),
    ]
    for subject in subjects {
        Benchmark(
            "6 running cell \(subject.name)",
            configuration: .alternating(
                ["a cell"],
                warmUp: 1,
                iterations: Setting.count(5),
                atMost: .seconds(30),
            ),
        ) { benchmark, sandbox in
            let cells = 100
            let before = try await MemoryReading.settledAvailable()
            let tasks = try await withThrowingTaskGroup(of: Task<Void, any Error>.self) { group in
                for _ in 0..<cells {
                    group.addTask { await started(subject.program, in: sandbox) }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            let after = try await MemoryReading.settledAvailable()
            benchmark.record("a cell", (before - after) / cells)
            for task in tasks { task.cancel() }
            for task in tasks { _ = await task.result }
        } setup: {
            let sandbox = try await Sandbox()
            for _ in 0..<5 { _ = try await successful(.native("sum"), in: sandbox) }
            return sandbox
        }
    }
}

/// Starts a program that waits; returns once it runs.
private func started(_ program: Program, in sandbox: Sandbox) async -> Task<Void, any Error> {
    let (starts, continuation) = AsyncStream.makeStream(of: Void.self)
    let task = Task {
        defer { continuation.finish() }
        for try await event in sandbox.events(of: program, limits: Limits(wallTime: .seconds(60))) {
            if event == .started(.run) { continuation.yield() }
        }
    }
    for await _ in starts { break }
    return task
}
