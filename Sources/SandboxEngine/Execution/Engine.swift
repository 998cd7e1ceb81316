import FoundationEssentials
import Glibc
import Languages
import LaunchProtocol
import LauncherStart
import LinuxKernel
package import Logging
package import SandboxModel

/// What every execution of a sandbox shares: the launcher, the cgroup, the filter, and what the host can enforce.
package final class Engine: Sendable {
    private let launcher: LauncherConnection
    let cgroups: SandboxCgroup
    private let findings: HostFindings
    private let factory: CellFactory
    package let pool: CellPool
    let compileCache: CompileCache?
    /// What programs are kept in by.
    let isolation: IsolationKind
    private let ground: CellFactory.Ground?
    /// Whether there is one program only.
    private let servesOne: Bool

    /// Starts a launcher and looks at the host, whose cgroups are made below `placement`.
    ///
    /// Whether the launcher gets ready is known after ``ready(below:keeping:compileCache:)`` or the first program. One that was
    /// `started` is gone on with. Where one program is the `only` one there is going to be, its cell is made meanwhile.
    init(
        placement: @autoclosure () throws -> CgroupPlacement,
        keeping bounds: CellPool.Bounds,
        compileCache: CompileCache? = nil,
        isolation: IsolationKind = .namespaces,
        only: ExecutionPlan? = nil,
        started: consuming StartedLauncher? = nil,
        logger: Logger = .silent,
    ) throws {
        // It starts while the rest is seen to.
        switch consume started {
        case .some(let started): launcher = LauncherConnection(started, for: isolation)
        case .none: launcher = try LauncherConnection(executable: .launcher(), for: isolation)
        }
        self.isolation = isolation
        servesOne = only != nil
        // It has something to prepare then. Why it does not get ready shows when the program is run.
        if servesOne { try? launcher.becomeReady() }
        // What is compiled behind fewer walls is no cell's.
        self.compileCache = isolation == .namespaces ? compileCache : nil
        let filters = FilterSet(try StandardFilter())
        var filterFailure: SandboxError?
        do throws(SandboxError) {
            _ = try filters.filter(of: .native, recording: true)
        } catch {
            filterFailure = error
        }
        let isRoot = geteuid() == 0
        let maker = CellMaker(
            launcher: launcher,
            filters: filters,
            capabilities: CellPlanner.Capabilities(
                landlock: Landlock.version,
                hasIdentityRange: isRoot,
                // A runtime is told paths.
                opensMounts: isRoot && isolation == .namespaces,
            ),
        )
        // What is compiled has a cell of which the cache decides. What is wrong here shows when the program is run.
        let foreseen: BegunCell? =
            if let only, only.compile.isEmpty {
                try? maker.begin(CellKind(only, missing: []), apart: true)
            } else { nil }
        cgroups = SandboxCgroup(placement: try placement())
        // After the cgroups, whose sweep ends whoever might still write there.
        ground =
            switch isolation {
            case .namespaces: nil
            case .landlock: .fences(try FenceGround())
            case .oci(let runtime): .containers(try ContainerGround(for: runtime, launcher: .launcher()))
            }
        findings = HostFindings(
            landlock: maker.capabilities.landlock,
            cgroups: cgroups,
            filterFailure: filterFailure,
        )
        factory = CellFactory(
            maker: maker,
            foreseen: foreseen,
            cgroups: cgroups,
            ground: ground,
            report: PreparationReport(to: logger),
        )
        pool = CellPool(factory: factory, bounds: isolation == .namespaces ? bounds : .nothing)
    }

    /// An engine whose launcher is ready.
    package static func ready(
        below placement: @autoclosure () throws -> CgroupPlacement,
        keeping bounds: CellPool.Bounds = .nothing,
        compileCache: CompileCache? = nil,
        isolation: IsolationKind = .namespaces,
        logger: Logger = .silent,
    ) throws -> Engine {
        let engine = try Engine(
            placement: try placement(),
            keeping: bounds,
            compileCache: compileCache,
            isolation: isolation,
            logger: logger,
        )
        try engine.launcher.becomeReady()
        return engine
    }

    /// Whether its launcher has ended by itself: no program runs with it any more.
    package var hasLostLauncher: Bool { launcher.hasEnded }

    /// Reports on the layers that this host lacks.
    var unavailable: [Layer: LayerReport] { findings.unavailable }

    /// The layers in force and those missing for a policy and limits; refuses what the caller has not accepted.
    package func settle(policy: Policy, limits: Limits) throws(SandboxError) -> (
        layers: [Layer], missing: [Layer]
    ) {
        try LayerRequirements(policy: policy, limits: limits)
            .settle(unavailable: findings.unavailable, allowMissing: policy.allowMissing)
    }

    /// Runs a prepared program; blocks until it is over.
    package func run(
        _ preparation: ProgramPreparation,
        stdin: StandardInput,
        collect: [String],
        cancellation: CancellationSignal,
        emit: @escaping @Sendable (ExecutionEvent) -> Void,
    ) throws -> ResultAssembly {
        try launcher.requireRunning()
        _ = try settle(policy: preparation.plan.policy, limits: preparation.plan.limits)
        var preparation = preparation
        let attempt = try compileCache?.attempt(preparation.plan, cancellation: cancellation)
        if let attempt { preparation.plan = attempt.plan }
        #if SANDERLING_SABOTAGE
        preparation.plan.leaveOutWalls()
        #endif
        return try run(
            preparation,
            attempt: attempt,
            stdin: stdin,
            collect: collect,
            cancellation: cancellation,
            emit: emit,
        )
    }

    /// Runs a prepared program that the cache knows of.
    func run(
        _ preparation: ProgramPreparation,
        attempt: CompileAttempt?,
        stdin: StandardInput,
        collect: [String],
        cancellation: CancellationSignal,
        emit: @escaping @Sendable (ExecutionEvent) -> Void,
    ) throws -> ResultAssembly {
        var plan = preparation.plan
        precondition(plan.policy.isolation == isolation, "each kind of isolation has an engine of its own")
        if isolation != .namespaces { plan.warmth = nil }
        var (layers, missing) = try settle(policy: plan.policy, limits: plan.limits)
        if isolation == .landlock { try FenceProblem.refuse(plan, missing: missing) }
        while true {
            do {
                let kind = CellKind(plan, missing: missing)
                let cell = try pool.take(kind)
                defer { pool.retire(cell, of: kind) }
                let driver = ExecutionDriver(
                    plan: plan,
                    attempt: attempt,
                    planner: planner(of: plan, kind, missing: missing, in: cell),
                    factory: factory,
                    input: stdin,
                    collect: collect,
                    cancellation: cancellation,
                    emit: emit,
                )
                let outcome = try driver.run(in: cell)
                // It ends while the cell does.
                if servesOne { launcher.dismiss() }
                return ResultAssembly(
                    preparation: preparation,
                    outcome: outcome,
                    layers: layers,
                    missing: missing,
                )
            } catch let failure as LaunchFailure {
                let error = preparation.refusal(for: failure) ?? LaunchDiagnosis.error(for: failure)
                // The program has not run: a second attempt without what the caller can do without is safe.
                let lacking = Set(error.layers).intersection([.seccompRecording])
                guard !lacking.isEmpty, lacking.isSubset(of: plan.policy.allowMissing) else { throw error }
                layers.removeAll(where: lacking.contains)
                missing += lacking
            } catch let error as KernelError {
                // Files are opened while the launcher gets ready. Where it does not, that is the reason which has a mend.
                try launcher.becomeReady()
                throw LaunchDiagnosis.error(
                    for: LaunchFailure(stage: .initProcess, call: error.call, number: error.number)
                )
            }
        }
    }

    private func planner(
        of plan: ExecutionPlan,
        _ kind: CellKind,
        missing: [Layer],
        in cell: ReadyCell,
    ) -> any StagePlanning {
        if cell.cell.hasOwnKernel { return ForeignPlanner(plan, missing: missing) }
        guard let places = cell.places else {
            return StagePlanner(plan, missing: missing, capabilities: factory.capabilities)
        }
        return FencePlanner(plan.fenced(at: places), kind, at: places)
    }

    /// Ends the launcher, with which cells go, and removes the cgroup.
    package func shutDown() {
        pool.shutDown()
        factory.endForeseen()
        launcher.shutDown { cgroups.removeEmpty() }
        ground?.remove()
        cgroups.remove()
    }

    deinit { shutDown() }
}

/// Tells a running execution that its caller has lost interest.
package final class CancellationSignal: Sendable {
    private let counter: EventCounter?
    /// What the caller sends a program while it is interested; `nil` when that is nothing.
    let signals: ProgramSignals?

    /// A signal that has not been given.
    package init(signals: ProgramSignals? = nil) {
        counter = try? EventCounter()
        self.signals = signals
    }

    /// What to poll; -1 when the host had no descriptor left for it.
    ///
    /// A handler of signals may add one to it, as eventfd(2) has it, to give the signal.
    package var number: Int32 {
        switch counter {
        case .some(let counter): counter.descriptor.number
        case .none: -1
        }
    }

    /// Gives the signal.
    package func cancel() {
        switch counter {
        case .some(let counter): counter.signal()
        case .none: break
        }
    }
}
