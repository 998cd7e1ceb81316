import Glibc
import LaunchProtocol
import LinuxKernel
import SandboxModel

/// A cell in which a process is confined and waits for its program, with the slot of its first stage.
struct ReadyCell: Sendable {
    /// The cell.
    let cell: Cell
    /// How the processes of later stages confine themselves as well.
    let confinement: ConfinementPlan
    /// Where its first stage runs.
    let slot: StageSlot
    /// What it takes of memory while nobody uses it, in bytes.
    let footprint: Int

    /// What a cell's namespaces, mounts, cgroup and init take of kernel memory and its own, in bytes.
    ///
    /// See docs/performance.md for how it was measured.
    static let ownFootprint = 600_000

    /// Ends whatever is in the cell, and removes its cgroup.
    func putAway() {
        cell.end()
        slot.cgroup.remove()
    }
}

/// Makes cells.
struct CellFactory: Sendable {
    let launcher: LauncherConnection
    let cgroups: SandboxCgroup
    let filters: FilterSet
    let capabilities: CellPlanner.Capabilities

    /// A new cell of a kind, with a process that waits in it.
    func make(_ kind: CellKind) throws -> ReadyCell {
        let blueprint = CellPlanner.blueprint(
            of: kind,
            capabilities: capabilities,
            filter: try filters.filter(for: kind.missing),
        )
        let cell = try makeCell(blueprint)
        let slot = try makeSlot()
        try park(blueprint.confinement, in: cell, slot)
        return ReadyCell(
            cell: cell,
            confinement: blueprint.confinement,
            slot: slot,
            footprint: ReadyCell.ownFootprint + Int(slot.cgroup.memory ?? 0),
        )
    }

    /// A slot for a stage.
    func makeSlot() throws -> StageSlot { try StageSlot(in: cgroups) }

    /// Has a process wait in `cell` for the program of the stage that runs in `slot`.
    func park(_ confinement: ConfinementPlan, in cell: Cell, _ slot: StageSlot) throws {
        let files = try slot.cgroup.processFiles()
        defer { for number in files { close(number) } }
        try cell.park(confinement, cgroups: files)
    }

    private func makeCell(_ blueprint: CellBlueprint) throws -> Cell {
        // Opened as detached mounts, with the host's own rights.
        var sources: [Int32] = []
        defer { for number in sources { close(number) } }
        for source in blueprint.bindSources { sources.append(try Mount.cloneTree(at: source).release()) }
        return try Cell(blueprint.cell, descriptors: sources, launcher: launcher)
    }
}
