import Foundation
import SandboxModel
import Testing

@Suite struct BatchSummaryTests {
    private func sample(
        _ verdict: Verdict,
        passed: Bool,
        language: String = "python",
        cpuTime: Duration = .seconds(1),
        memory: ByteCount = .megabytes(1),
        runs: RunSpread? = nil,
        resumed: Bool = false,
    ) -> SampleResult {
        let result = ExecutionResult(
            language: language,
            verdict: verdict,
            usage: Usage(cpuTime: cpuTime, memory: memory),
            limits: Limits(),
            isolation: Isolation(layers: []),
        )
        return SampleResult(
            index: 0,
            description: "",
            hash: "",
            result: result,
            passed: passed,
            runs: runs,
            resumed: resumed,
        )
    }

    private func mixed() -> BatchSummary {
        let spread = RunSpread(
            passed: 1,
            verdicts: [.ok, .nonzeroExit],
            distinctOutcomes: 2,
            minimum: .milliseconds(1),
            median: .milliseconds(2),
            maximum: .milliseconds(3),
        )
        var summary = BatchSummary(total: 6)
        summary.add(sample(.ok, passed: true, memory: .megabytes(7)))
        summary.add(sample(.wallTimeExceeded, passed: true, language: "c", resumed: true))
        summary.add(sample(.ok, passed: false))
        summary.add(sample(.nonzeroExit, passed: false, runs: spread))
        summary.add(sample(.cancelled, passed: false, language: "c"))
        summary.wallTime = .milliseconds(2_500)
        summary.interrupted = true
        return summary
    }

    @Test func `counts add up`() {
        let summary = mixed()
        #expect(summary.passed == 2)
        #expect(summary.failed == 2)
        #expect(summary.cancelled == 1)
        #expect(summary.notStarted == 1)
        #expect(summary.resumed == 1)
        #expect(summary.flaky == 1)
        #expect(summary.successRate == 0.5)
        #expect(summary.failureRate == 0.5)
        #expect(summary.cpuTime == .seconds(5))
        #expect(summary.peakMemory == .megabytes(7))
        #expect(summary.verdicts == [.ok: 2, .wallTimeExceeded: 1, .nonzeroExit: 1, .cancelled: 1])
        #expect(summary.languages["python"]?.total == 3)
        #expect(summary.languages["python"]?.passed == 1)
        #expect(summary.languages["c"]?.total == 2)
        #expect(!summary.allPassed)
    }

    @Test func `a batch of nothing has rates of zero`() {
        #expect(BatchSummary(total: 0).successRate == 0)
        #expect(BatchSummary(total: 0).failureRate == 0)
    }

    @Test func `a summary survives being written and read`() throws {
        let data = try JSONEncoder().encode(mixed())
        #expect(try JSONDecoder().decode(BatchSummary.self, from: data) == mixed())
        #expect(String(decoding: data, as: UTF8.self).contains(#""wall_time_exceeded":1"#))
    }

    @Test func `runs that differ in output alone are flaky`() {
        var spread = RunSpread(
            passed: 2,
            verdicts: [.ok, .ok],
            distinctOutcomes: 1,
            minimum: .zero,
            median: .zero,
            maximum: .zero,
        )
        #expect(!spread.flaky)
        spread.distinctOutcomes = 2
        #expect(spread.flaky)
    }
}
