import SandboxModel
import Testing

@testable import SandboxEngine
@testable import Sanderling

/// The clocks of a stage, under a clock of the test's own.
@Suite struct StageWatchTests {
    private static let millisecond: UInt64 = 1_000_000
    private let start: UInt64 = 5_000 * millisecond

    private func watch(wall: Int = 1_000, cpu: Int = 1_000, processors: Int = 2) -> StageWatch {
        let limits = Limits(wallTime: .milliseconds(wall), cpuTime: .milliseconds(cpu))
        var watch = StageWatch(limits: limits, processors: processors)
        watch.started(at: start)
        return watch
    }

    private func time(_ milliseconds: UInt64) -> UInt64 { start + milliseconds * Self.millisecond }

    @Test func `no clock runs before the program does`() {
        let watch = StageWatch(limits: Limits(), processors: 2)
        #expect(watch.deadline == nil)
        #expect(!watch.isDue(at: .max))
        #expect(watch.wallClock(at: .max) == nil)
    }

    @Test func `the wall clock runs out at its limit and not before`() {
        let watch = watch()
        #expect(watch.wallClock(at: time(1_000) - 1) == nil)
        #expect(watch.wallClock(at: time(1_000)) == .wallTime(elapsed: .seconds(1)))
    }

    @Test func `the processor-time clock runs out at its limit and not before`() {
        var watch = watch()
        #expect(watch.read(at: time(20), cpuTime: 1_000 * Self.millisecond - 1, memory: 0) == nil)
        #expect(
            watch.read(at: time(30), cpuTime: 1_000 * Self.millisecond, memory: 0)
                == .cpuTime(used: .seconds(1))
        )
    }

    @Test func `the watch looks again before every processor together could have used up the time`() throws {
        // A wall clock and samples that are far away leave the processor-time clock alone.
        var watch = watch(wall: 3_600_000, cpu: 20, processors: 4)
        let first = try #require(watch.deadline)
        #expect(first == time(5))
        #expect(watch.read(at: first, cpuTime: 12 * Self.millisecond, memory: 0) == nil)
        #expect(watch.deadline == first + 2 * Self.millisecond)
        _ = watch.read(at: first, cpuTime: 20 * Self.millisecond - 1, memory: 0)
        #expect(watch.deadline == first + Self.millisecond)
    }

    @Test func `the wall clock is the last deadline`() {
        var watch = watch(wall: 10, cpu: 10_000)
        #expect(watch.deadline == time(10))
        _ = watch.read(at: time(9), cpuTime: 0, memory: 0)
        #expect(watch.deadline == time(10))
    }

    @Test func `a host that cannot count processor time still has a wall clock and samples`() {
        var watch = watch()
        #expect(watch.read(at: time(20), cpuTime: nil, memory: 7) == nil)
        #expect(
            watch.samples == [ResourceSample(time: .milliseconds(20), cpuTime: .zero, memory: .bytes(7))]
        )
        #expect(watch.wallClock(at: time(1_000)) != nil)
    }

    @Test func `samples are thinned out so that their number is bounded and their times grow`() {
        var watch = watch(wall: 86_400_000, cpu: 86_400_000)
        var now = start
        for _ in 0..<20_000 {
            now += 20 * Self.millisecond
            if watch.isDue(at: now) { _ = watch.read(at: now, cpuTime: 0, memory: 1) }
        }
        #expect(watch.samples.count <= 240)
        #expect(watch.samples.count >= 100)
        #expect(zip(watch.samples, watch.samples.dropFirst()).allSatisfy { $0.time < $1.time })
        #expect((watch.samples.last?.time ?? .zero) > .seconds(300))
    }
}
