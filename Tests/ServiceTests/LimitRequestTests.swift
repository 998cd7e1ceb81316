import SandboxModel
import Testing

@testable import Service

/// What becomes of the limits that callers name.
struct LimitRequestTests {
    @Test func `a limit beyond the ceiling is lowered and the answer says so`() throws {
        var request = LimitRequest()
        request.wallTime = .seconds(100)
        request.memory = .megabytes(10)
        let ceilings = ServiceConfiguration().ceilings
        let (limits, capped) = try request.applied(to: Limits(), ceilings: ceilings)
        #expect(limits.wallTime == .seconds(60))
        #expect(limits.memory == .megabytes(10))
        #expect(limits.cpuTime == .seconds(60), "it follows the time that was asked for")
        #expect(capped == [CappedLimit(limit: "wall_time", requested: 100, applied: 60, stage: .run)])
    }

    @Test(arguments: [Duration.zero, .seconds(-1)])
    func `no time is not endless time`(_ time: Duration) {
        var request = LimitRequest()
        request.wallTime = time
        #expect(throws: QuantityError.self) {
            try request.applied(to: Limits(), ceilings: ServiceConfiguration().ceilings)
        }
    }
}
