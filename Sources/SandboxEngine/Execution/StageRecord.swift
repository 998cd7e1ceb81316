import LaunchProtocol
import SandboxModel

/// Everything known of a stage when it is over; verdicts are computed from this and nothing else.
struct StageRecord: Sendable {
    /// How the main process ended, and what init found then; `nil` when it never reported.
    var ending: StageEnding?
    /// When the program's first instruction ran, in nanoseconds of the monotonic clock.
    var start: UInt64?
    /// Why we killed it, if we did.
    var killReason: KillReason?
    /// What it wrote.
    var stdout = CapturedOutput()
    var stderr = CapturedOutput()
    /// What it consumed.
    var usage = Usage()
    /// Readings over time.
    var samples: [ResourceSample] = []
    /// Processes that the out-of-memory killer ended in its cgroup, and the file that says so.
    var outOfMemoryKills: UInt64 = 0
    var outOfMemorySource = ""
    /// Whether it asked for more than its own memory limit; otherwise the killer struck for a limit above, or for the host.
    var reachedMemoryCeiling = false
    /// New processes or threads that the kernel refused at the ceiling.
    var refusedProcesses: UInt64 = 0
    /// System calls that the filter refused.
    var refusedCalls: [RefusedCall] = []
    /// What the module guard wrote, in the program's own process.
    var guardReport: [UInt8] = []

    /// The kernel's account of the main process.
    var termination: Termination? {
        ending.map { $0.signaled ? .signaled($0.code) : .exited(code: $0.code) }
    }
}
