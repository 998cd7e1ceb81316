import LaunchProtocol
import LinuxKernel
import SandboxModel
import Synchronization

/// A cell that has been asked for, and that the launcher makes meanwhile; without an owner it ends.
struct BegunCell: ~Copyable, Sendable {
    /// What it is made for.
    let kind: CellKind
    /// How it is made.
    let blueprint: CellBlueprint
    fileprivate let tree: TreeSet.Entry
    fileprivate let request: Cell.Request
}

/// Has the launcher make cells, of which nothing is known yet but what they are made for.
final class CellMaker: Sendable {
    /// Makes them.
    let launcher: LauncherConnection
    /// What their programs' system calls go through.
    let filters: FilterSet
    /// What the host can enforce.
    let capabilities: CellPlanner.Capabilities
    private let trees: TreeSet
    private let blueprints = Mutex<[CellKind: (blueprint: CellBlueprint, expiry: UInt64)]>([:])
    /// How long a blueprint is good for, in nanoseconds: it tells of host paths that are there.
    private static let blueprintLifetime: UInt64 = 1_000_000_000

    /// A maker of cells that `launcher` makes.
    init(launcher: LauncherConnection, filters: FilterSet, capabilities: CellPlanner.Capabilities) {
        self.launcher = launcher
        self.filters = filters
        self.capabilities = capabilities
        trees = TreeSet(launcher: launcher)
    }

    /// How cells of a kind are made, on a host as it is now.
    func blueprint(of kind: CellKind) throws -> CellBlueprint {
        let now = MonotonicClock.now
        if let known = blueprints.withLock({ $0[kind] }), now < known.expiry {
            return known.blueprint
        }
        let blueprint = try CellPlanner.blueprint(
            of: kind,
            capabilities: capabilities,
            filter: try filters.filter(of: kind.family, for: kind.missing),
        )
        #if SANDERLING_SABOTAGE
        .withoutMountTree(capabilities)
        #endif
        blueprints.withLock { blueprints in
            blueprints = blueprints.filter { now < $0.value.expiry }
            blueprints[kind] = (blueprint, now + Self.blueprintLifetime)
        }
        return blueprint
    }

    /// Asks for a cell of a kind; waits for nothing but a launcher that gets ready.
    ///
    /// With `apart`, it is made on another processor than the caller's, who has more to do meanwhile.
    func begin(_ kind: CellKind, apart: Bool = false) throws -> BegunCell {
        let blueprint = try blueprint(of: kind)
        let tree = try trees.tree(for: blueprint)
        // As long as it forks nothing, which would keep the smaller affinity.
        if apart { launcher.moveAway() }
        var plan = blueprint.cell
        plan.base = tree.number
        let request = try Cell.Request { [plan] in
            try launcher.send(.makeCell(plan), descriptors: [$0.number])
        }
        return BegunCell(kind: kind, blueprint: blueprint, tree: tree, request: request)
    }

    /// Waits until the mount tree of `begun` stands.
    func complete(_ begun: consuming BegunCell) throws -> Cell {
        let tree = begun.tree
        do {
            return try Cell(completing: begun.request)
        } catch let failure as LaunchFailure {
            // Without its tree there is no cell; the reason is the tree's.
            let reason = tree.report.failure
            if reason != nil || failure.stage == .mountTree { trees.forget(tree.number) }
            throw reason ?? failure
        }
    }
}
