import Glibc
import LaunchProtocol
import LinuxKernel

/// Pid 1 of a cell: builds its mount tree, starts the stages, reaps orphans, records refusals and brings files out.
///
/// It cannot be signalled or traced from inside, and it sits outside the program's cgroup, so that it outlives the program
/// by as long as it takes to collect.
struct CellInit: ~Copyable {
    private let childSignals: Descriptor
    /// Handles on its namespaces, when a zygote's child may enter them.
    private let namespaces: NamespaceHandles?
    private var parked: ParkedProcess?
    private var recorder: RefusalRecorder?
    private var mainProcess: MainProcess?
    /// Whether there may be children that have ended and of which no signal tells any more.
    private var hasMoreToReap = false
    /// What earlier stages consumed.
    private var earlier = Process.Consumption()

    /// The process that became a stage's program.
    private final class MainProcess {
        let pid: Int32
        let stage: StagePlan

        init(pid: Int32, stage: StagePlan) {
            self.pid = pid
            self.stage = stage
        }
    }

    /// Set where it is the init of a fence, and no pid 1.
    private let fence: Fence?
    /// When what is in the fence's directories is counted next, in nanoseconds of the monotonic clock.
    private var nextCensus: UInt64 = 0

    /// Runs as a fence's init and never returns.
    static func main(_ plan: FencePlan, _ descriptors: [Int32], gate: consuming Pipe) -> Never {
        let control = MessageSocket(Descriptor(owning: descriptors[CellPlan.DescriptorPlace.control]))
        do {
            let fence = try Fence(plan, gate: gate)
            do {
                var cell = try CellInit(fence)
                try cell.serve(control)
            } catch {
                tell(error, control)
            }
            fence.end()
        } catch {
            tell(error, control)
        }
        _exit(1)
    }

    /// Runs as pid 1 and never returns.
    static func main(_ plan: CellPlan, _ descriptors: [Int32], gate: consuming Pipe, yard: Yard) -> Never {
        let control = MessageSocket(Descriptor(owning: descriptors[CellPlan.DescriptorPlace.control]))
        do {
            var cell = try CellInit(plan, descriptors, gate: gate, yard: yard)
            try cell.serve(control)
        } catch {
            tell(error, control)
        }
        _exit(1)
    }

    /// Runs as the init of a container that an OCI runtime has made, and never returns.
    static func main(connection: Int32) -> Never {
        do {
            let control = try ContainerInit.takeConnection(at: connection)
            do {
                umask(0o022)
                try ContainerInit.carryOut(ContainerInit.receivePlan(control))
                var cell = try CellInit()
                try cell.serve(control)
            } catch {
                tell(error, control)
            }
        } catch {
            try? File.write(Array("sanderling-init: \(error)\n".utf8), to: Descriptor(owning: STDERR_FILENO))
        }
        _exit(1)
    }

    private static func tell(_ error: any Error, _ control: borrowing MessageSocket) {
        switch error {
        case let failure as LaunchFailure:
            // The host may be gone as well; then there is nobody to tell.
            try? control.send(CellReply.failed(failure).wireBytes)
        case let error as KernelError where [EPIPE, ECONNRESET].contains(error.number):
            // The host has lost interest, as when an execution is cancelled.
            break
        case let error as KernelError:
            try? control.send(CellReply.failed(LaunchFailure(stage: .initProcess, error)).wireBytes)
        default:
            try? File.write(Array("sanderling-init: \(error)\n".utf8), to: Descriptor(owning: STDERR_FILENO))
        }
    }

    private init(_ fence: Fence? = nil) throws(LaunchFailure) {
        do throws(KernelError) {
            childSignals = try Process.childSignals()
        } catch {
            throw LaunchFailure(stage: .initProcess, error)
        }
        self.fence = fence
        namespaces = nil
        parked = nil
        recorder = nil
        mainProcess = nil
    }

    private init(
        _ plan: CellPlan,
        _ descriptors: [Int32],
        gate: consuming Pipe,
        yard: Yard,
    ) throws(LaunchFailure) {
        try Self.awaitIdentities(plan, gate: gate, yard: yard)
        // While this process may still look at itself, and the host's /proc is there.
        let namespaces = plan.isJoinable ? try NamespaceHandles(Namespaces(rawValue: plan.namespaces)) : nil
        let childSignals = try Self.becomeInit()
        do throws(KernelError) {
            if !plan.hostName.isEmpty, sethostname(plan.hostName, plan.hostName.utf8.count) != 0 {
                throw KernelError(call: "sethostname", number: errno)
            }
            if plan.loopback { try Network.bringLoopbackUp() }
        } catch {
            throw LaunchFailure(stage: .network, error)
        }
        do throws(KernelError) {
            try BaseTree.copyIntoCell()
        } catch {
            throw LaunchFailure(stage: .mountTree, error)
        }
        var tree = MountTree(at: BaseTree.cellPlace)
        try tree.carryOut(plan.tree)
        self.childSignals = childSignals
        self.namespaces = namespaces
        fence = nil
        parked = nil
        recorder = nil
        mainProcess = nil
    }

    /// Waits for its ids and takes them on.
    private static func awaitIdentities(
        _ plan: CellPlan,
        gate: consuming Pipe,
        yard: Yard,
    ) throws(LaunchFailure) {
        do throws(KernelError) {
            gate.writeEnd.close()
            guard try !File.read(gate.readEnd, capacity: 1).isEmpty else {
                throw KernelError(call: "read", number: EPIPE)
            }
            try Process.setName("sanderling-init")
            // Where a limit above ours strikes, what is in a cell dies first, the largest before all, and not whoever runs
            // Sanderling; proc_pid_oom_score_adj(5). Programs inherit it, and find /proc read-only.
            try File.write("1000", at: "/proc/self/oom_score_adj")
            if Namespaces(rawValue: plan.namespaces).contains(.user) {
                let identity = yard.initIdentity
                try Credentials.become(uid: identity, gid: identity, keepGroups: yard.hasSingleIdentity)
            }
        } catch {
            throw LaunchFailure(stage: .initProcess, error)
        }
    }

    /// Protects itself from what will run in the cell.
    private static func becomeInit() throws(LaunchFailure) -> Descriptor {
        do throws(KernelError) {
            // After the change of identity, which clears both.
            try Process.dieWithParent()
            try Process.protect()
            // Keeps the launcher's connection out of the cell, and its number from being taken by anything else.
            try File.open(BaseTree.emptyFile, O_RDONLY).place(at: Launch.connection)
            return try Process.childSignals()
        } catch {
            throw LaunchFailure(stage: .initProcess, error)
        }
    }

    /// Does what the host asks for on `control`, until it asks for no more.
    private mutating func serve(_ control: borrowing MessageSocket) throws {
        try control.send(CellReply.ready.wireBytes)
        while true {
            var poll = Poll()
            let request = poll.add(control.descriptor.number, POLLIN)
            let child = poll.add(childSignals.number, POLLIN)
            let refusal = poll.add(recorder?.listener ?? -1, POLLIN)
            let launcher = poll.add(fence?.launcher.number ?? -1, POLLIN)
            try poll.wait(until: hasMoreToReap ? MonotonicClock.now : censusTime)
            if poll.isReady(launcher) { return }
            if censusTime.map({ $0 <= MonotonicClock.now }) ?? false { try takeCensus() }
            if poll.isReady(refusal) { recorder?.recordNext() }
            if poll.isReady(child) || hasMoreToReap { try reap(reportTo: control) }
            if poll.isReady(request) {
                guard let message = try control.receive(wait: false) else { continue }
                guard !message.bytes.isEmpty else { return }
                try serve(CellRequest(wireBytes: message.bytes), message.descriptors, reportTo: control)
            }
        }
    }

    private var censusTime: UInt64? { mainProcess?.stage.census == nil ? nil : nextCensus }

    /// Ends a stage that has more in its directories than it may; the memory limit bounds what it has until then.
    private mutating func takeCensus() throws {
        guard let stage = mainProcess?.stage else { return }
        let start = MonotonicClock.now
        if try ScratchCensus(of: stage).isExceeded { Process.killAll() }
        let now = MonotonicClock.now
        nextCensus = now + max(Self.censusPause, 10 * (now - start))
    }

    /// Between two counts, in nanoseconds, unless counting takes long.
    private static let censusPause: UInt64 = 20_000_000

    private mutating func serve(
        _ request: CellRequest,
        _ descriptors: [Int32],
        reportTo control: borrowing MessageSocket,
    ) throws {
        switch request {
        case .park(let confinement):
            var tree = MountTree()
            try tree.carryOut(confinement.preparation)
            let process = try ParkedProcess(forking: confinement, cgroups: descriptors)
            try keep(process, reportTo: control)
        case .adopt(let confinement):
            guard let namespaces, let connection = descriptors.first else { throw MalformedMessage() }
            let process = try ParkedProcess(
                adopting: confinement,
                into: namespaces,
                from: MessageSocket(Descriptor(owning: connection)),
            )
            try keep(process, reportTo: control)
        case .start(let stage):
            let streams = Int(stage.streams)
            guard descriptors.count >= streams else { throw MalformedMessage() }
            try start(
                stage,
                streams: Array(descriptors.prefix(streams)),
                sources: Array(descriptors.dropFirst(streams)),
                reportTo: control,
            )
        case .kill: Process.killAll()
        case .signal(let number):
            // None where the program has ended by itself in the meantime.
            guard let program = mainProcess else { return }
            let comesFromTerminal = [SIGHUP, SIGINT, SIGQUIT, SIGTSTP].contains(number)
            Process.signal(program.pid, number, wholeGroup: comesFromTerminal)
        case .collect(let directory, let patterns, let limit):
            try FileCollector(patterns: patterns, limit: limit).collect(from: directory, to: control)
        case .collectTree(let directory, let limit):
            var collector = TreeCollector(limit: limit)
            try collector.collect(from: directory, to: control)
        }
    }

    private mutating func keep(_ process: ParkedProcess, reportTo control: borrowing MessageSocket) throws {
        recorder = process.recorder
        parked = process
        try control.send(CellReply.parked.wireBytes)
    }

    private mutating func start(
        _ stage: StagePlan,
        streams: [Int32],
        sources: [Int32],
        reportTo control: borrowing MessageSocket,
    ) throws {
        var tree = MountTree(copyingFrom: sources)
        try tree.carryOut(stage.preparation)
        for number in sources { _ = Descriptor(owning: number) }
        guard let process = parked else { throw MalformedMessage() }
        // Its connection must end with this function, for the process to tell that init is gone.
        parked = nil
        mainProcess = MainProcess(pid: process.pid, stage: stage)
        let time = try process.start(stage.program, streams: streams)
        // The program has its streams now; what init still holds would keep them from ending.
        for number in streams { _ = Descriptor(owning: number) }
        let scratch =
            stage.scratch.isEmpty ? nil : try File.open(stage.scratch, O_RDONLY | O_DIRECTORY).release()
        try control.send(
            CellReply.started(time: time).wireBytes,
            descriptors: scratch.map { [$0] } ?? [],
        )
        if let scratch { close(scratch) }
    }

    private mutating func reap(reportTo control: borrowing MessageSocket) throws {
        _ = try? File.read(childSignals, capacity: 4_096)
        for _ in 0..<Self.reapsInTurn {
            guard let (pid, ending) = try Process.reap(hasChild: mainProcess != nil) else {
                hasMoreToReap = false
                return
            }
            guard let main = mainProcess, pid == main.pid else { continue }
            mainProcess = nil
            try finish(main.stage, ending, reportTo: control)
        }
        hasMoreToReap = true
    }

    /// Orphans that are reaped before the host is heard again, however fast a program makes more of them.
    private static let reapsInTurn = 256

    /// Waits until no process is left but this one.
    static func waitForAll() {
        var status: Int32 = 0
        while waitpid(-1, &status, 0) > 0 || errno == EINTR {}
    }

    /// Ends the stage: what the program left behind dies, and then its ending is reported.
    private mutating func finish(
        _ stage: StagePlan,
        _ ending: Process.Ending,
        reportTo control: borrowing MessageSocket,
    ) throws {
        let time = MonotonicClock.now
        var scratch = try ScratchCensus(of: stage)
        Process.killAll()
        Self.waitForAll()
        // What nothing bounds would be counted for as long as it became more.
        if stage.census != nil { scratch = try ScratchCensus(of: stage) }
        // Only now: whoever still ran could make new files as fast as they are visited.
        scratch.lookForCeiling(of: stage)
        let consumed = Process.childrenConsumption
        defer { earlier = consumed }
        for call in recorder?.calls ?? [] { try control.send(CellReply.refused(call).wireBytes) }
        recorder = nil
        let (signaled, code) =
            switch ending {
            case .exited(let code): (false, code)
            case .signaled(let number): (true, number)
            }
        try control.send(
            CellReply.ended(
                StageEnding(
                    signaled: signaled,
                    code: code,
                    time: time,
                    scratchUsed: scratch.used,
                    scratchCapacity: scratch.capacity,
                    scratchFreeFiles: scratch.freeFiles,
                    fileAtCeiling: scratch.hasFileAtCeiling,
                    userTime: consumed.userTime - earlier.userTime,
                    systemTime: consumed.systemTime - earlier.systemTime,
                    peakResident: consumed.peakResident,
                    scratchWasCounted: stage.census != nil,
                )
            ).wireBytes
        )
    }
}
