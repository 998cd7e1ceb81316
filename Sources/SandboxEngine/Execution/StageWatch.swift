import SandboxModel

/// Why we killed a program.
enum KillReason: Sendable, Equatable {
    case wallTime(elapsed: Duration)
    case cpuTime(used: Duration)
    case memory(used: UInt64)
    case outOfMemory
    case output(stream: String, total: Int)
    case cancelled
}

/// Decides from clocks and counters when a stage must be killed and when to look again; a plain value without I/O.
struct StageWatch {
    private let limits: Limits
    private let processors: Int
    /// When the program's first instruction ran, in nanoseconds of the monotonic clock; `nil` before.
    private(set) var start: UInt64?
    private var nextSample: UInt64 = 0
    private var sampleInterval: UInt64 = 20_000_000
    private var nextClock: UInt64 = 0
    /// Readings so far; thinned out when there are too many.
    private(set) var samples: [ResourceSample] = []
    private static let sampleCapacity = 240

    /// A watch for `limits` on a host with so many processors.
    init(limits: Limits, processors: Int) {
        self.limits = limits
        self.processors = max(1, processors)
    }

    /// The program's first instruction ran at `time`.
    mutating func started(at time: UInt64) {
        start = time
        nextSample = time + sampleInterval
        nextClock = time + soonest(limits.cpuTime.inNanoseconds)
    }

    private var wallDeadline: UInt64? { start.map { $0 &+ UInt64(limits.wallTime.inNanoseconds) } }

    /// When to look at the counters again at the latest.
    var deadline: UInt64? { wallDeadline.map { min($0, nextSample, nextClock) } }

    /// Whether a reading of the counters is due.
    func isDue(at now: UInt64) -> Bool { start != nil && now >= min(nextSample, nextClock) }

    /// Takes a reading and says whether the processor-time clock has run out.
    mutating func read(at now: UInt64, cpuTime: UInt64?, memory: UInt64?) -> KillReason? {
        guard let start else { return nil }
        if now >= nextSample {
            samples.append(
                ResourceSample(
                    time: .nanoseconds(Int64(now - start)),
                    cpuTime: .nanoseconds(Int64(cpuTime ?? 0)),
                    memory: .bytes(Int(memory ?? 0)),
                )
            )
            if samples.count >= Self.sampleCapacity {
                samples = samples.enumerated().filter { $0.offset % 2 == 1 }.map(\.element)
                sampleInterval *= 2
            }
            nextSample = now + sampleInterval
        }
        guard let cpuTime else {
            // Not counted here, or not readable for the moment: the clock must not stop for good.
            nextClock = nextSample
            return nil
        }
        let left = limits.cpuTime.inNanoseconds - Int64(cpuTime)
        guard left > 0 else { return .cpuTime(used: .nanoseconds(Int64(cpuTime))) }
        nextClock = now + soonest(left)
        return nil
    }

    /// Says whether the wall clock has run out.
    func wallClock(at now: UInt64) -> KillReason? {
        guard let start, let wallDeadline, now >= wallDeadline else { return nil }
        return .wallTime(elapsed: .nanoseconds(Int64(now - start)))
    }

    /// The soonest that `left` nanoseconds of processor time can be used up, and never sooner than a millisecond.
    private func soonest(_ left: Int64) -> UInt64 { UInt64(max(1_000_000, left / Int64(processors))) }
}
