import Glibc
import LaunchProtocol
import LinuxKernel
import Places
import SandboxModel
import Synchronization

/// A cell in which a process is confined and waits for its program, with the slot of its first stage.
package struct ReadyCell: Sendable {
    /// The cell.
    let cell: Cell
    /// How the processes of later stages confine themselves as well.
    let confinement: ConfinementPlan
    /// Where its first stage runs.
    let slot: StageSlot
    /// Of which the interpreter in it is a copy, if one has started in it.
    ///
    /// Kept for as long as the copy: with the zygote's mount tree, the copy's `/proc/self/exe` would lose its beginning.
    let zygote: Zygote?
    /// What it takes of memory while nobody uses it, in bytes.
    let footprint: Int
    /// Where things are, when it is a fence.
    var places: FencePlaces?

    /// Whether it is a fence.
    var isFence: Bool { places != nil }

    /// Whether an interpreter has started in it.
    var isWarm: Bool { zygote != nil }

    /// What a cell's namespaces, mounts, cgroup and init are counted as, in bytes.
    ///
    /// More than row 6 of docs/performance.md shows, so that the bound on memory is kept.
    static let ownFootprint = 600_000

    /// Descriptors of this process that one takes: its connection, a handle on its init, its streams and what watches its
    /// memory.
    private static let descriptors = 12

    /// How many may be ready, for a quarter of the descriptors that this process may have.
    package static var countWithinDescriptors: Int {
        var limit = rlimit()
        guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return 0 }
        return Int(clamping: limit.rlim_cur / 4) / descriptors
    }

    /// Ends whatever is in the cell, and removes its cgroup.
    func putAway() {
        // As a rule nothing is in it any more.
        cell.end { slot.cgroup.removeWhereEmpty() }
        slot.cgroup.remove()
    }
}

/// Makes cells, with what there is of them on the host: cgroups, streams, and interpreters that wait.
final class CellFactory: Sendable {
    private let maker: CellMaker
    private let cgroups: SandboxCgroup
    /// Interpreters that have started.
    let zygotes = ZygoteSet()
    /// Told of what cannot be made ahead.
    let report: PreparationReport
    /// A cell that was asked for before it was known where its program's cgroup is.
    private let foreseen: Mutex<BegunCell?>
    /// Where fences or containers are; `nil` for a factory of cells.
    private let ground: Ground?

    /// Where the host has what is outside a cell's mount tree.
    enum Ground: Sendable {
        case fences(FenceGround)
        case containers(ContainerGround)

        /// Removes it, with whatever is in it still.
        func remove() {
            switch self {
            case .fences(let ground): ground.remove()
            case .containers(let ground): ground.remove()
            }
        }
    }

    /// A factory of cells that `maker` makes and whose programs live below `cgroups`.
    ///
    /// The first cell of the kind that `foreseen` is of is that one; ``endForeseen()`` ends one that was foreseen in vain.
    init(
        maker: CellMaker,
        foreseen: consuming BegunCell?,
        cgroups: SandboxCgroup,
        ground: Ground? = nil,
        report: PreparationReport,
    ) {
        self.maker = maker
        self.foreseen = Mutex(foreseen)
        self.cgroups = cgroups
        self.ground = ground
        self.report = report
    }

    /// What the host can enforce.
    var capabilities: CellPlanner.Capabilities { maker.capabilities }

    /// A new cell of a kind, with a process that waits in it.
    ///
    /// With `ahead`, before anybody waits for it, a zygote is started when there is none yet.
    func make(_ kind: CellKind, ahead: Bool) throws -> ReadyCell {
        switch ground {
        case .fences(let ground): return try makeFence(of: kind, on: ground)
        case .containers(let ground) where ground.runtime.runtime.hasOwnKernel:
            return try makeForeign(of: kind, on: ground)
        case .containers(let ground): return try makeContainer(of: kind, on: ground)
        case nil: break
        }
        guard let zygote = zygote(for: kind, ahead: ahead) else {
            return try make(kind, from: nil, ahead: ahead)
        }
        do {
            return try make(kind, from: zygote, ahead: ahead)
        } catch {
            zygotes.discard(kind)
            let cell = try make(kind, from: nil, ahead: ahead)
            // It was the interpreter, then.
            report.failed(.interpreter, for: kind, error)
            return cell
        }
    }

    private func zygote(for kind: CellKind, ahead: Bool) -> Zygote? {
        guard let interpreter = kind.interpreter else { return nil }
        guard ahead else { return zygotes.existing(for: kind) }
        do {
            return try zygotes.zygote(for: kind) { try makeZygote(interpreter, for: kind) }
        } catch {
            report.failed(.interpreter, for: kind, error)
            return nil
        }
    }

    private func make(_ kind: CellKind, from zygote: Zygote?, ahead: Bool) throws -> ReadyCell {
        let begun = try takeForeseen(kind) ?? maker.begin(kind)
        let confinement = begun.blueprint.confinement
        let slot = try makeSlot()
        // What most programs get, they find set; of a copy, what it shares with its zygote is known later.
        if zygote == nil { try slot.admit(Limits(), hasFiles: false) }
        let cell = try maker.complete(begun)
        if let zygote {
            try fork(zygote, confinement, in: cell, slot)
            try slot.admit(Limits(), hasFiles: false)
        } else {
            try park(confinement, in: cell, slot)
        }
        return ReadyCell(
            cell: cell,
            confinement: confinement,
            slot: slot,
            zygote: zygote,
            // Only what is kept counts.
            footprint: ReadyCell.ownFootprint + (ahead ? Int(slot.cgroup.memory ?? 0) : 0),
        )
    }

    /// The cell that was foreseen, where it is of a kind.
    private func takeForeseen(_ kind: CellKind) -> BegunCell? {
        foreseen.withLock { foreseen in
            let cell = foreseen.take()
            switch consume cell {
            case .some(let begun) where begun.kind == kind: return begun
            case let other:
                foreseen = other
                return nil
            }
        }
    }

    /// Ends the cell that was foreseen in vain, if one was, and waits until it is gone.
    func endForeseen() {
        let cell = foreseen.withLock { $0.take() }
        if let cell { _ = try? maker.complete(cell) }
    }

    /// A fence for programs of a kind, with a process that waits in it.
    private func makeFence(of kind: CellKind, on ground: FenceGround) throws -> ReadyCell {
        let plan = ground.makePlan()
        let places = FencePlaces(in: plan.directory)
        let confinement = FencePlanner.confinement(
            of: kind,
            at: places,
            landlock: capabilities.landlock ?? 0,
            filter: FenceFilter(
                network: kind.network,
                recording: !kind.missing.contains(.seccompRecording),
            ).instructions + (try maker.filters.filter(of: kind.family, for: kind.missing)),
        )
        let cell = try Cell(plan, launcher: maker.launcher)
        let slot = try makeSlot()
        try park(confinement, in: cell, slot)
        return ReadyCell(
            cell: cell,
            confinement: confinement,
            slot: slot,
            zygote: nil,
            footprint: ReadyCell.ownFootprint,
            places: places,
        )
    }

    /// A container for programs of a kind, with a process that waits in it.
    private func makeContainer(of kind: CellKind, on ground: ContainerGround) throws -> ReadyCell {
        let blueprint = try maker.blueprint(of: kind)
        let container = try Container(blueprint, at: ground.makePlace(), launcher: maker.launcher)
        let cell = try Cell(container)
        let slot = try makeSlot()
        try park(blueprint.confinement, in: cell, slot)
        return ReadyCell(
            cell: cell,
            confinement: blueprint.confinement,
            slot: slot,
            zygote: nil,
            footprint: ReadyCell.ownFootprint,
        )
    }

    /// A container whose programs have a kernel of its runtime's own; all of that is in the first stage's cgroup.
    private func makeForeign(of kind: CellKind, on ground: ContainerGround) throws -> ReadyCell {
        var blueprint = try maker.blueprint(of: kind)
        blueprint.confinement.landlock = nil
        blueprint.confinement.hasOwnKernel = true
        // Another than programs run as: what is compiled is then theirs to read and to execute, and not to write.
        if kind.separatesCompiling { blueprint.confinement.identity = ForeignPlanner.compiler }
        let place = ground.makePlace(scratch: UInt64(kind.scratch))
        let slot = try makeSlot()
        let cell = try slot.cgroup.withProcessFiles { files in
            try Cell(Container(blueprint, at: place, launcher: maker.launcher), cgroups: files)
        }
        try cell.park(blueprint.confinement, cgroups: [])
        slot.cgroup.beginCounting()
        return ReadyCell(
            cell: cell,
            confinement: blueprint.confinement,
            slot: slot,
            zygote: nil,
            footprint: ReadyCell.ownFootprint,
        )
    }

    /// A slot for a stage.
    func makeSlot() throws -> StageSlot { try StageSlot(in: cgroups) }

    /// A slot for a later stage of `ready`, with a process that waits.
    func makeSlot(for confinement: ConfinementPlan, in ready: ReadyCell) throws -> StageSlot {
        guard ready.cell.hasOwnKernel else {
            let slot = try makeSlot()
            try park(confinement, in: ready.cell, slot)
            return slot
        }
        let slot = try StageSlot(of: ready.slot.cgroup)
        try ready.cell.park(confinement, cgroups: [])
        slot.cgroup.beginCounting()
        return slot
    }

    /// Has a process wait in `cell` for the program of the stage that runs in `slot`.
    func park(_ confinement: ConfinementPlan, in cell: Cell, _ slot: StageSlot) throws {
        try slot.cgroup.withProcessFiles { try cell.park(confinement, cgroups: $0) }
        slot.cgroup.beginCounting()
    }

    private func fork(
        _ zygote: Zygote,
        _ confinement: ConfinementPlan,
        in cell: Cell,
        _ slot: StageSlot,
    ) throws {
        let pair = try MessageSocket.Pair()
        try slot.cgroup.withProcessFiles { try zygote.fork(connection: pair.second, cgroups: $0) }
        // Init sees the end of the connection when the copy dies, and only if nobody else holds it.
        pair.second.close()
        try cell.adopt(confinement, connection: pair.first)
        slot.cgroup.borrow(zygote.sharedMemory)
        slot.cgroup.beginCounting()
    }

    private func makeZygote(_ interpreter: CellKind.Interpreter, for kind: CellKind) throws -> Zygote {
        guard let agent = Installation.zygoteAgent else {
            throw SandboxError(.launcherUnavailable, "what is preloaded into zygotes is not there")
        }
        let blueprint = try CellPlanner.zygote(
            interpreter,
            for: kind,
            capabilities: capabilities,
            agent: agent,
        )
        return try Zygote(blueprint, launcher: maker.launcher, cgroups: cgroups)
    }
}
