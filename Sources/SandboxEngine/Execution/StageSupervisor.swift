import FoundationEssentials
import Glibc
import LaunchProtocol
import LinuxKernel
import SandboxModel

/// Watches one stage from its start until everything in it is dead: moves its streams, holds its clocks, kills it.
final class StageSupervisor {
    /// The host's ends of a stage's streams.
    struct Streams: ~Copyable {
        /// Where standard input goes in; closed to end it.
        var stdin: Descriptor?
        /// Where standard output comes out.
        let stdout: Descriptor
        /// Where standard error comes out.
        let stderr: Descriptor
        /// Where the module guard's report comes out; at its end from the start when there is none.
        let report: Descriptor
    }

    private let cell: Cell
    private let slot: StageSlot
    private let limits: Limits
    private let cancellation: CancellationSignal
    private let emit: @Sendable (ExecutionEvent) -> Void
    private let stage: Stage
    private var streams: Streams
    private var input: InputPump
    private var stdout: StreamCapture
    private var stderr: StreamCapture
    private var watch: StageWatch
    private var record = StageRecord()
    /// The most that readings have shown, for kernels that keep no peaks.
    private var seen: (memory: UInt64, processes: UInt64) = (0, 0)
    private var isOver = false
    private var scratch: Descriptor?
    /// When init is killed as well, because it did not do what it was told.
    private var backstop: UInt64?

    /// Longer than any set-up or clean-up of init's takes.
    private static let patience: UInt64 = 10_000_000_000
    private static let reportLimit = 65_536
    /// More than init remembers.
    private static let refusalCapacity = 4_096

    /// Starts the stage that `plan` describes in its slot, and watches it until it is over.
    ///
    /// `sources` are what its preparation copies files from.
    static func supervise(
        _ plan: StagePlan,
        in cell: Cell,
        _ slot: StageSlot,
        stage: Stage,
        limits: Limits,
        input: StandardInput,
        sources: [Int32],
        cancellation: CancellationSignal,
        emit: @escaping @Sendable (ExecutionEvent) -> Void,
    ) throws -> StageRecord {
        let pump = try InputPump(input)
        let supervisor = StageSupervisor(
            in: cell,
            slot,
            stage: stage,
            limits: limits,
            input: pump,
            cancellation: cancellation,
            emit: emit,
        )
        return try supervisor.run(plan, copyingFrom: sources)
    }

    private init(
        in cell: Cell,
        _ slot: StageSlot,
        stage: Stage,
        limits: Limits,
        input: consuming InputPump,
        cancellation: CancellationSignal,
        emit: @escaping @Sendable (ExecutionEvent) -> Void,
    ) {
        self.cell = cell
        self.slot = slot
        self.stage = stage
        self.limits = limits
        self.cancellation = cancellation
        self.emit = emit
        stdout = StreamCapture(limit: limits.output, overflow: limits.outputOverflow)
        stderr = StreamCapture(limit: limits.output, overflow: limits.outputOverflow)
        watch = StageWatch(limits: limits, processors: sysconf(Int32(_SC_NPROCESSORS_ONLN)))
        self.input = input
        streams = slot.takeStreams()
    }

    private var cgroup: StageCgroup { slot.cgroup }

    /// Runs the stage to its end.
    private func run(_ plan: StagePlan, copyingFrom sources: [Int32]) throws -> StageRecord {
        try slot.lendProgramEnds(Int(plan.streams)) { ends in
            try cell.send(.start(plan), descriptors: ends + sources)
        }
        backstop = MonotonicClock.now + Self.patience
        while !isOver || streamsAreOpen {
            try step()
        }
        return try finished()
    }

    private var openOutputs: (stdout: Bool, stderr: Bool, report: Bool) = (true, true, true)

    private var streamsAreOpen: Bool {
        openOutputs.stdout || openOutputs.stderr || openOutputs.report
    }

    private func step() throws {
        var poll = Poll()
        let control = poll.add(isOver ? -1 : cell.controlNumber, POLLIN)
        // What a program writes before init has said that it started is read afterwards.
        let hasStarted = record.start != nil
        let out = poll.add(hasStarted && openOutputs.stdout ? streams.stdout.number : -1, POLLIN)
        let error = poll.add(hasStarted && openOutputs.stderr ? streams.stderr.number : -1, POLLIN)
        let report = poll.add(openOutputs.report ? streams.report.number : -1, POLLIN)
        let cancel = poll.add(record.killReason == nil ? cancellation.number : -1, POLLIN)
        let takesSignals = hasStarted && stage == .run && record.ending == nil
        let signals = poll.add(takesSignals ? cancellation.signals?.number ?? -1 : -1, POLLIN)
        let memory = poll.add(slot.memoryEvents.descriptor.number, POLLIN)
        let threshold = poll.add(slot.thresholdNumber, POLLIN)
        // On cgroup v2 the file of events itself is polled.
        let events = poll.add(slot.outOfMemoryNumber, POLLPRI)
        let (sink, source) = input.interest(sink: stdinNumber)
        let sinkPlace = poll.add(sink, POLLOUT)
        let sourcePlace = poll.add(source, POLLIN)
        // A clock that has run out would be waited for no more, and the killed program needs the processor to end.
        let deadline = record.killReason == nil ? watch.deadline : nil
        try poll.wait(until: [deadline, backstop].compactMap(\.self).min())
        let now = MonotonicClock.now

        if poll.isReady(out) { openOutputs.stdout = try readOutput(.stdout) }
        if poll.isReady(error) { openOutputs.stderr = try readOutput(.stderr) }
        if poll.isReady(report) { try readReport() }
        if poll.isReady(sinkPlace) || poll.isReady(sourcePlace) {
            if try !moveInput(sourceIsReady: poll.isReady(sourcePlace)) { streams.stdin = nil }
        }
        if [memory, threshold, events].contains(where: poll.isReady) { try checkMemory() }
        if poll.isReady(control) { try receive() }
        if poll.isReady(cancel) { try kill(.cancelled) }
        if poll.isReady(signals), record.ending == nil {
            for number in cancellation.signals?.take() ?? [] { try cell.send(.signal(number)) }
        }
        if let reason = watch.wallClock(at: now) { try kill(reason) }
        if watch.isDue(at: now) {
            let used = cgroup.memory ?? 0
            if let reason = watch.read(at: now, cpuTime: cgroup.cpuTime, memory: used) { try kill(reason) }
            seen = (max(seen.memory, used), max(seen.processes, cgroup.processes ?? 0))
            // The out-of-memory killer's count follows its event by a moment. And nothing tells when the limit is crossed
            // while memory takes the place of files that were deleted.
            if cgroup.outOfMemoryKills ?? 0 > 0 || used >= UInt64(limits.memory.bytes) { try checkMemory() }
        }
        if let backstop, now >= backstop { try giveUp() }
    }

    // MARK: Streams

    private var stdinNumber: Int32 {
        switch streams.stdin {
        case .some(let descriptor): descriptor.number
        case .none: -1
        }
    }

    /// Passes input on; false at its end.
    private func moveInput(sourceIsReady: Bool) throws -> Bool {
        do throws(KernelError) {
            return try input.move(to: stdinNumber, sourceIsReady: sourceIsReady)
        } catch {
            throw Self.failure("the program's input was lost", error)
        }
    }

    private enum Output: String { case stdout, stderr }

    /// Takes what has come; false at the end of the stream.
    private func readOutput(_ output: Output) throws -> Bool {
        let taken =
            try output == .stdout ? File.readAvailable(streams.stdout) : File.readAvailable(streams.stderr)
        guard let bytes = taken else { return true }
        guard !bytes.isEmpty else {
            tell(output, output == .stdout ? stdout.closing : stderr.closing)
            return false
        }
        tell(output, output == .stdout ? Array(stdout.take(bytes)) : Array(stderr.take(bytes)))
        let capture = output == .stdout ? stdout : stderr
        if capture.overflowed, limits.outputOverflow == .kill {
            let reason = KillReason.output(stream: output.rawValue, total: capture.total)
            // What lay in the pipe counts as well, when the program was over before it was read.
            if record.ending == nil {
                try kill(reason)
            } else {
                record.killReason = record.killReason ?? reason
            }
        }
        return true
    }

    private func tell(_ output: Output, _ bytes: [UInt8]) {
        guard stage == .run, !bytes.isEmpty else { return }
        emit(output == .stdout ? .stdout(bytes) : .stderr(bytes))
    }

    private func readReport() throws {
        guard let bytes = try File.readAvailable(streams.report) else { return }
        openOutputs.report = !bytes.isEmpty
        record.guardReport += bytes.prefix(Self.reportLimit - record.guardReport.count)
    }

    // MARK: Limits

    private func checkMemory() throws {
        try slot.drainMemoryEvents()
        if cgroup.outOfMemoryKills ?? 0 > 0 { return try kill(.outOfMemory) }
        // Without files in memory the kernel's ceiling is the limit itself. A program may touch it and go on, as the kernel
        // then takes back what it can; whether it was too much, the kernel knows best.
        guard let files = try scratchUsed(), let used = cgroup.memory, let parts = cgroup.memoryOfFiles else {
            return
        }
        // Files in memory have a ceiling of their own, as far as they are this stage's and not an earlier one's; and what the
        // kernel can take back is nobody's consumption.
        let charged = used - min(used, parts.reclaimable + min(files, parts.unbacked))
        let limit = UInt64(limits.memory.bytes)
        if charged >= limit { return try kill(.memory(used: charged)) }
        try slot.watchMemory(crossing: used + max(limit - charged, 1 << 16))
    }

    /// Bytes of files in memory; `nil` for a stage that can write none.
    private func scratchUsed() throws -> UInt64? {
        switch scratch {
        case .some(let directory): UInt64(try FileSystemSpace(of: directory).used)
        case .none: nil
        }
    }

    private func kill(_ reason: KillReason) throws {
        guard record.killReason == nil, record.ending == nil else { return }
        record.killReason = reason
        backstop = MonotonicClock.now + Self.patience
        do throws(KernelError) {
            try cell.send(.kill)
        } catch {
            // A kernel that is a process of the host's may be dead already; what it dies of is read with the evidence.
            guard cell.hasOwnKernel, error.number == EPIPE else { throw error }
        }
    }

    /// Init did not answer: the cell dies with it, and what init would have reported is not known.
    private func giveUp() throws {
        try cell.destroy()
        throw SandboxError(.internal, "the sandbox's init did not answer in time")
    }

    // MARK: Init's reports

    private func receive() throws {
        // A kernel that is a process of the host's dies with its programs where memory runs out.
        if cell.hasOwnKernel, cell.hasHungUp, cgroup.outOfMemoryKills ?? 0 > 0 {
            record.killReason = record.killReason ?? .outOfMemory
            isOver = true
            backstop = MonotonicClock.now + Self.patience
            return
        }
        guard let (reply, descriptors) = try cell.receive() else { return }
        switch reply {
        case .started(let time):
            // Such a kernel has clocks of its own.
            let time = cell.hasOwnKernel ? MonotonicClock.now : time
            record.start = time
            watch.started(at: time)
            backstop = nil
            if let number = descriptors.first {
                scratch = Descriptor(owning: number)
                try slot.watchMemory(crossing: UInt64(limits.memory.bytes))
            }
            emit(.started(stage))
        case .refused(let call):
            if record.refusedCalls.count < Self.refusalCapacity { record.refusedCalls.append(call) }
        case .ended(var ending):
            if cell.hasOwnKernel { ending.time = MonotonicClock.now }
            record.ending = ending
            isOver = true
            // Nothing can hold the streams any more, but what is in them has yet to be read.
            backstop = MonotonicClock.now + Self.patience
        case .failed(let failure): throw failure
        default: throw SandboxError(.internal, "the sandbox's init answered out of order")
        }
    }

    private static func failure(_ what: String, _ error: KernelError) -> SandboxError {
        let reason = String(cString: strerror(error.number))
        return SandboxError(.internal, "\(what): \(error.call): \(reason) (errno \(error.number))")
    }

    private func readEvidence() throws -> StageCgroup.Evidence {
        do throws(KernelError) {
            return try cgroup.evidence()
        } catch {
            throw Self.failure("why the program ended cannot be read", error)
        }
    }

    private func finished() throws -> StageRecord {
        record.stdout = stdout.captured
        record.stderr = stderr.captured
        let evidence = try readEvidence()
        record.outOfMemoryKills = evidence.outOfMemoryKills
        record.outOfMemorySource = cgroup.outOfMemorySource
        record.reachedMemoryCeiling = evidence.reachedMemoryCeiling
        record.refusedProcesses = evidence.refusedProcesses
        // Where a controller is missing, what init learnt by waiting stands in: no process is left out, but memory is the
        // largest process's alone.
        let waited = record.ending.map { (user: $0.userTime, system: $0.systemTime) } ?? (0, 0)
        let parts = cgroup.cpuTimeParts ?? waited
        let cpu = cgroup.cpuTime ?? (parts.user + parts.system)
        // The parts are sampled by ticks on some kernels; the whole is exact, so they are scaled to it.
        let sum = max(1, Double(parts.user + parts.system))
        let user = UInt64(Double(cpu) * Double(parts.user) / sum)
        let end = record.ending?.time ?? MonotonicClock.now
        record.usage = Usage(
            wallTime: .nanoseconds(Int64(end - (record.start ?? end))),
            cpuTime: .nanoseconds(Int64(cpu)),
            userTime: .nanoseconds(Int64(user)),
            systemTime: .nanoseconds(Int64(cpu - user)),
            memory: .bytes(Int(cgroup.memoryPeak ?? max(seen.memory, record.ending?.peakResident ?? 0))),
            processes: cell.hasOwnKernel ? 0 : Int(cgroup.processPeak ?? seen.processes),
            output: .bytes(stdout.total + stderr.total),
            disk: .bytes(Int(record.ending?.scratchUsed ?? 0)),
        )
        // On a busy host, the last reading may be later than an end that had yet to be heard of.
        record.samples = watch.samples.filter { $0.time <= record.usage.wallTime }
        return record
    }
}
