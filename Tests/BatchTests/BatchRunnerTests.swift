import SandboxModel
import Sanderling
import Synchronization
import Testing

@Suite struct BatchRunnerTests {
    @Test func `results come in the order of the file and events in that of completion`() async throws {
        let gate = Gate()
        let executor = FakeExecutor { sample, _ in
            // The first sample ends only once the last has.
            if sample.index == 0 { try await gate.pass() }
            if sample.index == 9 { await gate.open() }
            return .fake(sample)
        }
        var (delivered, finished, started): ([Int], [Int], [Int]) = ([], [], [])
        let summary = try await BatchRunner(jobs: 2).run(
            .fakes(10),
            on: executor,
            observe: { event in
                switch event {
                case .sampleStarted(let index, _): started.append(index)
                case .sampleFinished(let result): finished.append(result.index)
                }
            },
            deliver: { delivered.append($0.index) },
        )
        #expect(delivered == Array(0..<10))
        #expect(started == Array(0..<10))
        #expect(finished.sorted() == Array(0..<10))
        #expect((finished.firstIndex(of: 0) ?? 0) >= 8)
        #expect(summary.passed == 10)
        #expect(summary.allPassed)
        #expect(!summary.interrupted)
    }

    @Test func `no more than the given number run at once`() async throws {
        let gate = Gate()
        let executor = FakeExecutor { sample, _ in
            // The first two wait for the third, so that three do run at once.
            if sample.index == 2 { await gate.open() }
            try await gate.pass()
            for _ in 0..<20 { await Task.yield() }
            return .fake(sample)
        }
        _ = try await BatchRunner(jobs: 3).run(.fakes(60), on: executor, deliver: { _ in })
        #expect(executor.counts.withLock(\.mostRunning) == 3)
    }

    @Test func `a slow sample holds back 10,000 others once the window is full`() async throws {
        let gate = Gate()
        let runner = BatchRunner(jobs: 4)
        let waiting = Mutex((now: 0, most: 0))
        let firstEnded = Mutex(false)
        let tooEarly = Mutex<[Int]>([])
        let executor = FakeExecutor { sample, _ in
            if sample.index == 0 {
                try await gate.pass()
                // Time enough for samples beyond the window to start, if nothing held them back.
                for _ in 0..<1_000 { await Task.yield() }
                firstEnded.withLock { $0 = true }
            } else if sample.index >= runner.window, !firstEnded.withLock({ $0 }) {
                tooEarly.withLock { $0.append(sample.index) }
            }
            // The last sample that the window admits frees the first.
            if sample.index == runner.window - 1 { await gate.open() }
            return .fake(sample)
        }
        var delivered = 0
        let summary = try await runner.run(
            .fakes(10_000),
            on: executor,
            observe: { event in
                guard case .sampleFinished = event else { return }
                waiting.withLock { $0 = ($0.now + 1, max($0.most, $0.now + 1)) }
            },
            deliver: { result in
                waiting.withLock { $0.now -= 1 }
                #expect(result.index == delivered)
                delivered += 1
            },
        )
        #expect(delivered == 10_000)
        #expect(summary.passed == 10_000)
        #expect(tooEarly.withLock { $0 }.isEmpty)
        #expect(runner.window == 80)
        let most = waiting.withLock(\.most)
        #expect(most > 64 && most <= runner.window)
    }

    @Test func `cancelling stops what runs, starts nothing more, and reports both`() async throws {
        let gate = Gate()
        let reached = Gate()
        let executor = FakeExecutor { sample, _ in
            if sample.index == 3 { await reached.open() }
            if sample.index >= 2 { try await gate.pass() }
            return .fake(sample)
        }
        let results = Mutex<[SampleResult]>([])
        let batch = Task {
            try await BatchRunner(jobs: 2).run(.fakes(50), on: executor) { result in
                results.withLock { $0.append(result) }
            }
        }
        try await reached.pass()
        batch.cancel()
        let summary = try await batch.value
        let verdicts = results.withLock { $0.map(\.result.verdict) }
        #expect(verdicts == [.ok, .ok, .cancelled, .cancelled])
        #expect(summary.interrupted)
        #expect(summary.passed == 2)
        #expect(summary.cancelled == 2)
        #expect(summary.notStarted == 46)
        #expect(summary.successRate == 1)
        #expect(!summary.allPassed)
        #expect(executor.counts.withLock(\.executed).sorted() == [0, 1, 2, 3])
    }

    @Test func `a host that refuses the batch stops it before anything runs`() async throws {
        let refusal = SandboxError(.layerUnavailable, "no seccomp", layers: [.seccomp])
        let executor = FakeExecutor(refusal: refusal)
        await #expect(throws: refusal) {
            try await BatchRunner(jobs: 2).run(.fakes(5), on: executor) { _ in }
        }
        #expect(executor.counts.withLock(\.executed).isEmpty)
    }

    @Test func `what the host lacks the language for is left out and named`() async throws {
        var samples = [BatchSample].fakes(5)
        samples[1].optional = true
        samples[4].optional = true
        let executor = FakeExecutor()
        var delivered: [Int] = []
        let summary = try await BatchRunner(jobs: 2).run(samples, on: executor) { delivered.append($0.index) }
        #expect(delivered == [0, 2, 3])
        #expect(executor.counts.withLock(\.executed).sorted() == [0, 2, 3])
        #expect(summary.skipped.map(\.index) == [1, 4])
        #expect(summary.total == 3)
        #expect(summary.notStarted == 0)
        #expect(summary.allPassed && !summary.interrupted)
    }

    @Test func `a layer that is refused to one sample stops the batch`() async throws {
        let refusal = SandboxError(.layerUnavailable, "no cgroup", layers: [.memoryLimit])
        let executor = FakeExecutor { sample, _ in
            if sample.index == 1 { throw refusal }
            return .fake(sample)
        }
        await #expect(throws: refusal) {
            try await BatchRunner(jobs: 1).run(.fakes(5), on: executor) { _ in }
        }
        #expect(executor.counts.withLock(\.executed) == [0, 1])
    }

    @Test(arguments: [SandboxError.Code.internal, .noCapacity, .languageNotInstalled])
    func `a failure of ours is the sample's verdict and the batch goes on`(code: SandboxError.Code)
        async throws
    {
        let executor = FakeExecutor { sample, _ in
            if sample.index == 1 { throw SandboxError(code, "it broke", mend: "mend it") }
            return .fake(sample)
        }
        var results: [SampleResult] = []
        let summary = try await BatchRunner(jobs: 1).run(.fakes(3), on: executor) { results.append($0) }
        #expect(results.map(\.result.verdict) == [.ok, .internalError, .ok])
        #expect(results[1].result.errorMessage == "it broke; mend it")
        #expect(results[1].result.evidence?.value == code.rawValue)
        #expect(summary.failed == 1)
    }

    @Test func `an expectation decides what passed`() async throws {
        var samples = [BatchSample].fakes(2)
        samples[0].expectation = Expectation(verdicts: [.wallTimeExceeded])
        samples[1].expectation = Expectation(stdout: Array("30".utf8))
        let executor = FakeExecutor { sample, _ in
            sample.index == 0 ? .fake(sample, .wallTimeExceeded) : .fake(sample, stdout: "31\n")
        }
        var results: [SampleResult] = []
        _ = try await BatchRunner(jobs: 1).run(samples, on: executor) { results.append($0) }
        #expect(results.map(\.passed) == [true, false])
        #expect(
            results[1].expectationFailures
                == ["standard output differs at line 1, column 2: expected '30', got '31'"]
        )
        #expect(results[1].source == Array("print(1)".utf8))
    }

    @Test func `only samples that ask for it are audited`() async throws {
        var samples = [BatchSample].fakes(2)
        samples[1].audit = true
        let executor = FakeExecutor()
        var results: [SampleResult] = []
        _ = try await BatchRunner(jobs: 1).run(samples, on: executor) { results.append($0) }
        #expect(executor.counts.withLock(\.audited) == [1])
        #expect(results.map(\.auditFindings.count) == [0, 1])
    }

    @Test func `a failing delivery ends the batch`() async throws {
        struct Full: Error {}
        let executor = FakeExecutor()
        await #expect(throws: Full.self) {
            try await BatchRunner(jobs: 1).run(.fakes(50), on: executor) { _ in throw Full() }
        }
        #expect(executor.counts.withLock(\.executed).count == 1)
    }
}
