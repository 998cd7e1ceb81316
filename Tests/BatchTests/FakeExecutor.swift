import SandboxModel
import Sanderling
import Synchronization

/// Runs nothing: answers what the test says, and counts how many samples run at once.
final class FakeExecutor: BatchExecutor {
    struct Counts {
        var running = 0
        var mostRunning = 0
        var executed: [Int] = []
        var attempts: [Int: Int] = [:]
        var audited: [Int] = []
    }

    let counts = Mutex(Counts())
    private let refusal: SandboxError?
    private let body: @Sendable (BatchSample, _ attempt: Int) async throws -> ExecutionResult

    init(
        refusal: SandboxError? = nil,
        _ body: @escaping @Sendable (BatchSample, _ attempt: Int) async throws -> ExecutionResult = {
            sample,
            _ in
            .fake(sample)
        },
    ) {
        self.refusal = refusal
        self.body = body
    }

    func check(_ samples: [BatchSample]) async throws -> [SkippedSample] {
        if let refusal { throw refusal }
        return samples.filter(\.optional).map {
            SkippedSample(
                index: $0.index,
                description: $0.description,
                language: $0.program.language,
                reason: "not here",
            )
        }
    }

    func execute(_ sample: BatchSample) async throws -> ExecutionResult {
        let attempt = counts.withLock { counts in
            counts.running += 1
            counts.mostRunning = max(counts.mostRunning, counts.running)
            counts.executed.append(sample.index)
            counts.attempts[sample.index, default: 0] += 1
            return counts.attempts[sample.index, default: 0]
        }
        defer { counts.withLock { $0.running -= 1 } }
        return try await body(sample, attempt)
    }

    func audit(_ sample: BatchSample) async throws -> [AuditFinding] {
        counts.withLock { $0.audited.append(sample.index) }
        return [
            AuditFinding(
                tool: "fake",
                rule: "F1",
                name: "found",
                severity: .high,
                confidence: .low,
                message: "Something.",
                path: "main.py",
                line: 1,
            )
        ]
    }
}

extension ExecutionResult {
    static func fake(
        _ sample: BatchSample,
        _ verdict: Verdict = .ok,
        stdout: String = "",
        wallTime: Duration = .zero,
    ) -> Self {
        Self(
            language: sample.program.language,
            verdict: verdict,
            termination: .exited(code: verdict == .ok ? 0 : 1),
            stdout: CapturedOutput(bytes: Array(stdout.utf8)),
            usage: Usage(wallTime: wallTime),
            limits: sample.limits,
            isolation: Isolation(layers: []),
        )
    }
}

extension [BatchSample] {
    static func fakes(_ count: Int) -> Self {
        (0..<count).map {
            BatchSample(index: $0, description: "sample \($0)", program: .python("print(\($0))"))
        }
    }
}

/// Holds tasks until it is opened; a cancelled task is let through with `CancellationError`.
actor Gate {
    private var isOpen = false
    private var waiting: [Int: CheckedContinuation<Void, any Error>] = [:]
    private var next = 0

    func open() {
        isOpen = true
        for continuation in waiting.values { continuation.resume() }
        waiting = [:]
    }

    func pass() async throws {
        guard !isOpen else { return }
        let ticket = next
        next += 1
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation {
                (continuation: CheckedContinuation<Void, any Error>) in
                if Task.isCancelled {
                    continuation.resume(throwing: CancellationError())
                } else {
                    waiting[ticket] = continuation
                }
            }
        } onCancel: {
            Task { await self.release(ticket) }
        }
    }

    private func release(_ ticket: Int) {
        waiting.removeValue(forKey: ticket)?.resume(throwing: CancellationError())
    }
}
