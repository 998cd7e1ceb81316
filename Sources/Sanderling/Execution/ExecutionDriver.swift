import Glibc
import LaunchProtocol
import LinuxKernel
import SandboxModel

/// Runs one prepared program in one cell, from the first descriptor to the last; on a thread of its own.
struct ExecutionDriver {
    /// What a finished cell leaves.
    struct Outcome: Sendable {
        /// The compile stage's commands that ran, the last of them failed if it is the only thing here.
        var compile: [StageRecord] = []
        /// The run stage, when compiling got that far.
        var run: StageRecord?
        /// Files that were collected.
        var files: [CollectedFile] = []
    }

    let plan: ExecutionPlan
    /// What the cache is told of the compile stage.
    let attempt: CompileAttempt?
    let planner: CellPlanner
    let launcher: LauncherConnection
    let cgroups: SandboxCgroup
    let input: StandardInput
    let collect: [String]
    let emit: @Sendable (ExecutionEvent) -> Void

    /// Runs every stage and collects; the cell is gone when this returns or throws.
    func run(cancellation: CancellationSignal) throws -> Outcome {
        // A program that stops reading must not end this process; the write then fails with EPIPE.
        Self.blockBrokenPipes()
        let request = try RequestDescriptors(plan, cgroups: cgroups)
        defer { request.removeCgroups() }
        var planner = planner
        let cellPlan = planner.cell(streams: request.streamPlaces, cgroups: request.cgroupPlaces)
        for source in planner.bindSources { try request.open(source) }
        if let compiled = plan.compiled { try request.add(compiled.entry.descriptor) }
        let relocated = cellPlan.movingBinds(
            by: UInt32(request.bindOffset),
            entry: UInt32(request.numbers.count - 1),
        )
        let cell = try Cell(
            relocated,
            descriptors: request.numbers,
            cancellation: cancellation,
            launcher: launcher,
        )
        request.closeSent()
        return try runStages(in: cell, request)
    }

    private func runStages(in cell: Cell, _ request: RequestDescriptors) throws -> Outcome {
        var outcome = Outcome()
        for index in plan.steps.indices {
            let record = try StageSupervisor.supervise(
                UInt32(index),
                of: cell,
                stage: .compile,
                limits: plan.compileLimits,
                cgroup: request.cgroups[index],
                streams: request.takeStreams(of: index),
                input: .empty,
                emit: emit,
            )
            outcome.compile.append(record)
            guard record.killReason == nil, record.termination == .exited(code: 0) else { return outcome }
        }
        try attempt?.keep(outcome.compile, of: cell)
        let last = plan.steps.count
        outcome.run = try StageSupervisor.supervise(
            UInt32(last),
            of: cell,
            stage: .run,
            limits: plan.limits,
            cgroup: request.cgroups[last],
            streams: request.takeStreams(of: last),
            input: input,
            emit: emit,
        )
        if !collect.isEmpty {
            outcome.files = try cell.collect(collect, from: CellLayout.work, limit: plan.limits.disk.bytes)
        }
        try cell.send(.finish)
        return outcome
    }

    private static func blockBrokenPipes() {
        var signals = sigset_t()
        sigemptyset(&signals)
        sigaddset(&signals, SIGPIPE)
        pthread_sigmask(SIG_BLOCK, &signals, nil)
    }
}

/// The descriptors that go with a request for a cell, and those that stay with the host.
private final class RequestDescriptors {
    /// Descriptors to send, in the order of their places.
    private(set) var numbers: [Int32] = []
    /// Each stage's places of its streams.
    private(set) var streamPlaces: [[UInt32]] = []
    /// Each stage's places of its cgroup files.
    private(set) var cgroupPlaces: [[UInt32]] = []
    /// Each stage's cgroup.
    private(set) var cgroups: [StageCgroup] = []
    /// The place of the first bind source.
    private(set) var bindOffset = 0
    /// The host's ends: stdin, stdout, stderr and report of each stage; -1 once taken.
    private var ends: [[Int32]] = []

    init(_ plan: ExecutionPlan, cgroups parent: SandboxCgroup) throws {
        for index in 0...plan.steps.count {
            let isRun = index == plan.steps.count
            let limits = isRun ? plan.limits : plan.compileLimits
            try addStreams(withReport: isRun && plan.moduleGuard != nil)
            let cgroup = try parent.makeStage()
            cgroups.append(cgroup)
            let hasFiles = !isRun || plan.policy.filesystem == .scratch
            try cgroup.apply(limits, filesInMemory: hasFiles ? limits.disk.bytes : 0)
            cgroupPlaces.append(try cgroup.processFiles().map { add($0) })
        }
        bindOffset = numbers.count
    }

    deinit {
        closeSent()
        for number in ends.joined() where number >= 0 { close(number) }
        removeCgroups()
    }

    private func addStreams(withReport: Bool) throws {
        let input = try Pipe()
        let output = try Pipe()
        let error = try Pipe()
        let report = try Pipe()
        try input.writeEnd.setNonblocking()
        ends.append([
            input.writeEnd.release(), output.readEnd.release(), error.readEnd.release(),
            report.readEnd.release(),
        ])
        var places = [
            add(input.readEnd.release()), add(output.writeEnd.release()), add(error.writeEnd.release()),
        ]
        // Without a guard nobody holds the report's other end, and it is at its end from the start.
        if withReport { places.append(add(report.writeEnd.release())) }
        streamPlaces.append(places)
    }

    private func add(_ number: Int32) -> UInt32 {
        numbers.append(number)
        return UInt32(numbers.count - 1)
    }

    /// Opens a bind's source as a detached mount, with the host's own rights.
    func open(_ source: String) throws(KernelError) { _ = add(try Mount.cloneTree(at: source).release()) }

    /// Adds a descriptor that its owner keeps.
    func add(_ descriptor: borrowing Descriptor) throws(KernelError) {
        _ = add(try descriptor.duplicate().release())
    }

    /// Closes what the cell has now.
    func closeSent() {
        for number in numbers { close(number) }
        numbers = []
    }

    /// The host's ends of a stage's streams.
    func takeStreams(of stage: Int) -> StageSupervisor.Streams {
        let taken = ends[stage]
        ends[stage] = []
        return StageSupervisor.Streams(
            stdin: Descriptor(owning: taken[0]),
            stdout: Descriptor(owning: taken[1]),
            stderr: Descriptor(owning: taken[2]),
            report: Descriptor(owning: taken[3]),
        )
    }

    func removeCgroups() { for cgroup in cgroups { cgroup.remove() } }
}

extension CellPlan {
    /// The plan with the places of its binds counted from `offset`, and what is copied taken from `entry`.
    fileprivate func movingBinds(by offset: UInt32, entry: UInt32) -> CellPlan {
        var plan = self
        plan.tree = tree.map { step in
            switch step {
            case .bind(.descriptor(let index), let path, let attributes, let isDirectory):
                .bind(
                    source: .descriptor(index: index + offset),
                    path: path,
                    attributes: attributes,
                    isDirectory: isDirectory,
                )
            case .copy(let path, _, let start, let bytes, let mode, let owner):
                .copy(path: path, source: entry, offset: start, bytes: bytes, mode: mode, owner: owner)
            default: step
            }
        }
        return plan
    }
}
