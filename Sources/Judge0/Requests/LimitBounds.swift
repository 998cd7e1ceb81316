import SandboxModel
import Service

/// The limits that Judge0's clients get without asking, and the most they can ask for: their defaults, within the operator's
/// ceilings and those of the caller's key.
struct LimitBounds: Sendable {
    /// Seconds.
    let cpuTime: (standard: Double, most: Double)
    /// Seconds.
    let cpuExtraTime: (standard: Double, most: Double)
    /// Seconds.
    let wallTime: (standard: Double, most: Double)
    /// Kibibytes.
    let memory: (standard: Int, most: Int)
    /// Kibibytes.
    let stack: (standard: Int, most: Int)
    let processes: (standard: Int, most: Int)
    /// Kibibytes.
    let fileSize: (standard: Int, most: Int)
    let numberOfRuns: (standard: Int, most: Int)

    init(of caller: Caller, in service: ExecutionService) {
        let ceilings = service.ceilings(for: caller)
        let cpu = ceilings.cpuTime.inSeconds
        let wall = ceilings.wallTime.inSeconds
        cpuTime = (min(5, cpu), cpu)
        cpuExtraTime = (min(1, cpu), min(5, cpu))
        wallTime = (min(10, wall), wall)
        memory = Self.kibibytes(128_000, ceilings.memory)
        stack = Self.kibibytes(64_000, ceilings.stack)
        processes = (min(60, ceilings.processes), ceilings.processes)
        // Each run is an execution of its batch.
        numberOfRuns = (1, min(20, service.configuration.queue.batch))
        fileSize = Self.kibibytes(1_024, ceilings.fileSize)
    }

    private static func kibibytes(_ standard: Int, _ ceiling: ByteCount) -> (standard: Int, most: Int) {
        let most = ceiling.bytes >> 10
        return (min(standard, most), most)
    }
}
