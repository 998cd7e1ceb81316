import SandboxModel
import Testing

@Suite struct VerdictTests {
    @Test func `only the clocks read as a timeout`() {
        let timedOut = Verdict.allCases.filter(\.timedOut)
        #expect(timedOut == [.wallTimeExceeded, .cpuTimeExceeded])
    }

    @Test func `only ok reads as success`() {
        #expect(Verdict.allCases.filter { $0.status == .success } == [.ok])
    }
}
