import Glibc
import LinuxKernel
import SandboxModel

/// Where one stage runs, as the host sees it: a cgroup, made before its program is known, and the pipes of its streams.
final class StageSlot: @unchecked Sendable {
    // Sendable by hand: made by one thread and then used by one other, after the pool has handed it over.

    /// The cgroup that the stage's processes live in.
    let cgroup: StageCgroup
    /// The program's ends: standard input, output and error, and the module guard's report.
    private var programEnds: [Int32] = []
    /// The host's ends of the same.
    private var hostEnds: [Int32] = []

    /// Counts when the stage's memory is at an edge that is watched.
    let memoryEvents: EventCounter
    /// Counts when its memory crosses what ``watchMemory(crossing:)`` was told last; on cgroup v1.
    private var threshold: EventCounter?
    /// Tells of the out-of-memory killer on cgroup v2.
    private let outOfMemory: Descriptor?

    /// Makes a slot below `parent`.
    convenience init(in parent: SandboxCgroup) throws(KernelError) { try self.init(of: parent.makeStage()) }

    /// Makes a slot whose processes live in `cgroup`.
    init(of cgroup: StageCgroup) throws(KernelError) {
        let events = try EventCounter()
        outOfMemory = try cgroup.watchOutOfMemory(events)
        memoryEvents = events
        self.cgroup = cgroup
        try makeStreams()
    }

    deinit { for number in programEnds + hostEnds { close(number) } }

    /// Sets the ceilings before the program starts.
    func admit(_ limits: Limits, hasFiles: Bool, countsProcesses: Bool = true) throws(KernelError) {
        try cgroup.apply(
            limits,
            filesInMemory: hasFiles ? limits.disk.bytes : 0,
            countsProcesses: countsProcesses,
        )
    }

    /// What to poll for `POLLPRI` besides ``memoryEvents``; -1 when there is nothing.
    var outOfMemoryNumber: Int32 {
        switch outOfMemory {
        case .some(let descriptor): descriptor.number
        case .none: -1
        }
    }

    /// What to poll besides that; -1 when there is nothing.
    var thresholdNumber: Int32 {
        switch threshold {
        case .some(let counter): counter.descriptor.number
        case .none: -1
        }
    }

    /// Has an edge be where memory in use crosses `bytes`, and no more where it was before.
    ///
    /// v1 keeps every threshold for as long as its counter is open, and looks through all of them.
    func watchMemory(crossing bytes: UInt64) throws(KernelError) {
        let counter = try EventCounter()
        try cgroup.watchMemory(crossing: bytes, counter)
        threshold = consume counter
    }

    /// Waits for the next edge again.
    func drainMemoryEvents() throws(KernelError) {
        memoryEvents.drain()
        threshold?.drain()
        switch outOfMemory {
        case .some(let events): try cgroup.rearm(events)
        case .none: break
        }
    }

    private func makeStreams() throws(KernelError) {
        let input = try Pipe()
        let output = try Pipe()
        let error = try Pipe()
        let report = try Pipe()
        // Between poll(2) and read(2) the program may have taken back what it had written: it can open the pipe for reading by
        // /proc/self/fd where that is its own. Nothing of ours may wait for a program.
        try input.writeEnd.setNonblocking()
        #if SANDERLING_SABOTAGE
        let waits = Sabotage.leavesOut("capture")
        #else
        let waits = false
        #endif
        if !waits {
            try output.readEnd.setNonblocking()
            try error.readEnd.setNonblocking()
            try report.readEnd.setNonblocking()
        }
        programEnds = [
            input.readEnd.release(), output.writeEnd.release(), error.writeEnd.release(),
            report.writeEnd.release(),
        ]
        hostEnds = [
            input.writeEnd.release(), output.readEnd.release(), error.readEnd.release(),
            report.readEnd.release(),
        ]
    }

    /// Lends `count` of the program's ends, and closes them afterwards: only the program holds them then.
    ///
    /// Without a guard nobody has the report's other end, and it is at its end from the start.
    func lendProgramEnds(_ count: Int, _ body: ([Int32]) throws -> Void) throws {
        defer {
            for number in programEnds { close(number) }
            programEnds = []
        }
        try body(Array(programEnds.prefix(count)))
    }

    /// Gives the host's ends away; once.
    func takeStreams() -> StageSupervisor.Streams {
        defer { hostEnds = [] }
        return StageSupervisor.Streams(
            stdin: Descriptor(owning: hostEnds[0]),
            stdout: Descriptor(owning: hostEnds[1]),
            stderr: Descriptor(owning: hostEnds[2]),
            report: Descriptor(owning: hostEnds[3]),
        )
    }
}
