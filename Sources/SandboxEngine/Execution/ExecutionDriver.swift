import Glibc
import LaunchProtocol
import LinuxKernel
import SandboxModel

/// Runs one prepared program in one cell, from its first stage to the last; on a thread of its own.
struct ExecutionDriver {
    /// What a finished cell leaves.
    struct Outcome: Sendable {
        /// The compile stage's commands that ran, the last of them failed if it is the only thing here.
        var compile: [StageRecord] = []
        /// The run stage, when compiling got that far.
        var run: StageRecord?
        /// Files that were collected.
        var files: [CollectedFile] = []
        /// Whether those are all that matched.
        var filesComplete = true
    }

    let plan: ExecutionPlan
    /// What the cache is told of the compile stage.
    let attempt: CompileAttempt?
    let planner: any StagePlanning
    let factory: CellFactory
    let input: StandardInput
    let collect: [String]
    let cancellation: CancellationSignal
    let emit: @Sendable (ExecutionEvent) -> Void

    /// Runs every stage in `ready` and collects.
    func run(in ready: ReadyCell) throws -> Outcome {
        // A program that stops reading must not end this process; the write then fails with EPIPE.
        Self.blockBrokenPipes()
        var outcome = Outcome()
        for index in plan.steps.indices {
            let record = try run(index, in: ready)
            outcome.compile.append(record)
            guard record.killReason == nil, record.termination == .exited(code: 0) else { return outcome }
        }
        #if SANDERLING_SABOTAGE
        let attempt = Sabotage.leavesOut("cache") ? nil : attempt
        defer { try? self.attempt?.keep(outcome.compile, of: ready.cell) }
        #endif
        try attempt?.keep(outcome.compile, of: ready.cell)
        outcome.run = try run(plan.steps.count, in: ready)
        if !collect.isEmpty, outcome.run?.ending != nil {
            (outcome.files, outcome.filesComplete) = try ready.cell.collect(
                collect,
                from: planner.workDirectory,
                limit: plan.limits.disk.bytes,
            )
        }
        return outcome
    }

    private func run(_ index: Int, in ready: ReadyCell) throws -> StageRecord {
        let isRun = index == plan.steps.count
        let limits = isRun ? plan.limits : plan.compileLimits
        let slot = index == 0 ? ready.slot : try makeRoom(for: index, in: ready)
        // In a fence, and in a kernel of a runtime's own, files are memory like any other.
        let isForeign = ready.cell.hasOwnKernel
        try slot.admit(
            limits,
            hasFiles: plan.canWrite(atStep: index) && !ready.isFence && !isForeign,
            // What is there to be counted is the runtime's.
            countsProcesses: !isForeign,
        )
        return try StageSupervisor.supervise(
            planner.stage(index),
            in: ready.cell,
            slot,
            stage: isRun ? .run : .compile,
            limits: limits,
            input: isRun ? input : .empty,
            sources: index == 0 ? plan.compiled.map { [$0.entry.descriptor.number] } ?? [] : [],
            cancellation: cancellation,
            emit: emit,
        )
    }

    /// A slot for a later stage, with a process that waits.
    private func makeRoom(for index: Int, in ready: ReadyCell) throws -> StageSlot {
        try factory.makeSlot(for: planner.confinement(ready.confinement, before: index), in: ready)
    }

    private static func blockBrokenPipes() {
        var signals = sigset_t()
        sigemptyset(&signals)
        sigaddset(&signals, SIGPIPE)
        pthread_sigmask(SIG_BLOCK, &signals, nil)
    }
}
