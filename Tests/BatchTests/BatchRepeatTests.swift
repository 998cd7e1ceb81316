import SandboxModel
import Sanderling
import Synchronization
import Testing

@Suite struct BatchRepeatTests {
    private func run(
        _ samples: [BatchSample],
        repeats: Int = 1,
        on executor: FakeExecutor,
        recorded: [String: SampleResult] = [:],
    ) async throws -> (results: [SampleResult], summary: BatchSummary) {
        var results: [SampleResult] = []
        let summary = try await BatchRunner(jobs: 1, repeats: repeats).run(
            samples,
            on: executor,
            recorded: { recorded[$0] },
            deliver: { results.append($0) },
        )
        return (results, summary)
    }

    @Test func `runs of a steady sample have a spread of times and are not flaky`() async throws {
        let times: [Duration] = [.milliseconds(30), .milliseconds(10), .milliseconds(20), .milliseconds(80)]
        let executor = FakeExecutor { sample, attempt in
            .fake(sample, stdout: "same", wallTime: times[attempt - 1])
        }
        let (results, summary) = try await run(.fakes(1), repeats: 4, on: executor)
        let spread = try #require(results.first?.runs)
        #expect(spread.count == 4)
        #expect(spread.passed == 4)
        #expect(spread.minimum == .milliseconds(10))
        #expect(spread.median == .milliseconds(25))
        #expect(spread.maximum == .milliseconds(80))
        #expect(!spread.flaky)
        #expect(summary.flaky == 0)
    }

    @Test func `a sample that fails once in three is flaky, failed, and shows the failure`() async throws {
        let executor = FakeExecutor { sample, attempt in .fake(sample, attempt == 2 ? .nonzeroExit : .ok) }
        let (results, summary) = try await run(.fakes(1), repeats: 3, on: executor)
        let result = try #require(results.first)
        #expect(result.result.verdict == .nonzeroExit)
        #expect(!result.passed)
        #expect(result.runs?.verdicts == [.ok, .nonzeroExit, .ok])
        #expect(result.runs?.passed == 2)
        #expect(summary.flaky == 1)
        #expect(summary.failed == 1)
    }

    @Test func `outputs that differ are flaky even when every run passes`() async throws {
        let executor = FakeExecutor { sample, attempt in .fake(sample, stdout: "\(attempt)") }
        let (results, summary) = try await run(.fakes(1), repeats: 3, on: executor)
        #expect(results.first?.runs?.distinctOutcomes == 3)
        #expect(summary.flaky == 1)
        #expect(summary.passed == 1)
    }

    @Test func `what an earlier report finished is taken over and the rest is run`() async throws {
        let samples = [BatchSample].fakes(4)
        let earlier = try await run(
            samples,
            on: FakeExecutor { sample, _ in
                switch sample.index {
                case 1: .fake(sample, .nonzeroExit, stdout: "kept")
                case 2: .fake(sample, .cancelled)
                default: .fake(sample)
                }
            },
        )
        let recorded = Dictionary(uniqueKeysWithValues: earlier.results.map { ($0.hash, $0) })
        var changed = samples
        changed[3].limits.memory = .megabytes(5)
        changed[0].description = "renamed"
        let executor = FakeExecutor()
        let (results, summary) = try await run(changed, on: executor, recorded: recorded)
        #expect(executor.counts.withLock(\.executed) == [2, 3], "cancelled before, and changed since")
        #expect(results.map(\.resumed) == [true, true, false, false])
        #expect(results.map(\.index) == [0, 1, 2, 3])
        #expect(results[0].description == "renamed")
        #expect(results[1].result.stdout.text == "kept")
        #expect(!results[1].passed)
        #expect(summary.resumed == 2)
        #expect(summary.passed == 3)
        #expect(summary.failed == 1)
    }

    @Test func `a record of fewer runs does not stand in for more`() async throws {
        let earlier = try await run(.fakes(1), on: FakeExecutor())
        let recorded = Dictionary(uniqueKeysWithValues: earlier.results.map { ($0.hash, $0) })
        let executor = FakeExecutor()
        let (results, _) = try await run(.fakes(1), repeats: 3, on: executor, recorded: recorded)
        #expect(executor.counts.withLock(\.executed).count == 3)
        #expect(results.first?.resumed == false)
    }
}
