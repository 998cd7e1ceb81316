import Benchmark
import Glibc
import Sanderling

/// Row 6: what a cell takes, by the fall of `MemAvailable` over a hundred of them, kernel objects included.
///
/// Cells that are ready, without and with a started interpreter, and cells that run a waiting program.
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
            // What is ready before the first reading would not be counted.
            let sandbox = try await Sandbox(configuration: .init(readyCells: 0))
            for _ in 0..<5 { _ = try await successful(.native("sum"), in: sandbox) }
            return sandbox
        }
    }
}

/// Cells that a sandbox keeps ready, the zygote that they were forked from included where there is one.
func registerReadyCellMemory() {
    let subjects: [(name: String, program: Program)] = [
        ("native", .native("sum")), ("Python", .python("pass")),
    ]
    for subject in subjects {
        Benchmark(
            "6 ready cell \(subject.name)",
            configuration: .alternating(
                ["a cell"],
                warmUp: 1,
                iterations: Setting.count(5),
                atMost: .seconds(60),
            ),
        ) { benchmark in
            let cells = 100
            let before = try await MemoryReading.settledAvailable()
            let sandbox = try await Sandbox(
                configuration: .init(readyCells: cells, readyMemory: .megabytes(2_000))
            )
            // As many at once as there should be ready: what finds none doubles what is kept.
            for _ in 0..<3 {
                try await withThrowingTaskGroup(of: Void.self) { group in
                    for _ in 0..<32 {
                        group.addTask { _ = try await successful(subject.program, in: sandbox) }
                    }
                    try await group.waitForAll()
                }
            }
            for _ in 0..<200 where sandbox.readyCells < cells { try await Task.sleep(for: .milliseconds(50)) }
            let ready = sandbox.readyCells
            guard ready > cells / 2 else { throw BenchmarkFailure("only \(ready) cells became ready") }
            let after = try await MemoryReading.settledAvailable()
            benchmark.record("a cell", (before - after) / ready)
            await sandbox.shutDown()
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
