import LinuxKernel
import SandboxModel
import Synchronization

/// Keeps cells ready ahead of need and puts used ones away, both off the request path.
///
/// Every cell serves one execution. How many are kept of a kind follows the demand for it: two once it was asked for a
/// second time, twice as many after every time that none was there, and none after half a minute without any demand.
package final class CellPool: Sendable {
    /// Bounds on what is kept ready.
    package struct Bounds: Sendable {
        /// Cells of all kinds together.
        package var cells: Int
        /// Bytes of memory that they and their kernel objects take together.
        package var memory: Int

        /// At most so many cells, and so many bytes.
        package init(cells: Int, memory: Int) {
            self.cells = cells
            self.memory = memory
        }

        /// Nothing is kept.
        package static let nothing = Bounds(cells: 0, memory: 0)
    }

    /// What executions found.
    struct Statistics: Sendable, Equatable {
        /// Cells that were taken.
        var taken = 0
        /// Those of them that were ready.
        var ready = 0
        /// Those in which an interpreter had started.
        var warm = 0
    }

    private let factory: CellFactory
    private let bounds: Bounds
    private let shelves = Monitor(CellShelves())
    private let found = Mutex(Statistics())
    /// Threads that make cells and put them away: one may wait for the kernel while the other works.
    private static let keepers = 2

    /// An empty pool.
    init(factory: CellFactory, bounds: Bounds) {
        self.factory = factory
        self.bounds = bounds
    }

    /// What executions found so far.
    var statistics: Statistics { found.withLock { $0 } }

    /// How many cells are ready now.
    package var readyCells: Int { shelves.look { $0.readyCells } }

    /// A cell of a kind: one that is ready, else one made now.
    func take(_ kind: CellKind) throws -> ReadyCell {
        let ready = takeReady(kind)
        let cell: ReadyCell
        do {
            cell = try ready ?? factory.make(kind, ahead: false)
        } catch {
            shelves.update {
                $0.release(kind)
            } wakening: {
                Self.keeper(of: $0)
            }
            throw error
        }
        found.withLock { found in
            found.taken += 1
            found.ready += ready == nil ? 0 : 1
            found.warm += cell.isWarm ? 1 : 0
        }
        ExecutionMetrics.record(cell, wasReady: ready != nil)
        return cell
    }

    private func takeReady(_ kind: CellKind) -> ReadyCell? {
        guard bounds.cells > 0 else { return nil }
        let now = MonotonicClock.now
        let (ready, startsKeepers) = shelves.update { shelves in
            let ready = shelves.take(kind, at: now, atMost: bounds.cells)
            let starts = shelves.keepers == 0 && !shelves.isClosed
            if starts { shelves.keepers = Self.keepers }
            return (ready, starts)
        } wakening: {
            Self.keeper(of: $0, at: now)
        }
        if startsKeepers { startKeepers() }
        // A cell whose init has died meanwhile is worth no more than none.
        guard let ready, ready.cell.isQuiet else { return nil }
        return ready
    }

    private func startKeepers() {
        for _ in 0..<Self.keepers {
            do throws(KernelError) {
                try DetachedThread.start { [self] in keep() }
            } catch {
                // With one, less is kept; with none, nothing, until whoever takes the next cell tries again.
                shelves.update { $0.keepers -= 1 }
            }
        }
    }

    /// Takes back a cell that has been used, and ends it.
    func retire(_ cell: ReadyCell, of kind: CellKind) {
        let isKept = shelves.update {
            $0.retire(cell, of: kind)
        } wakening: {
            Self.keeper(of: $0)
        }
        if !isKept { cell.putAway() }
    }

    /// One who keeps cells, where there is something to do.
    private static func keeper(
        of shelves: borrowing CellShelves,
        at now: UInt64 = MonotonicClock.now,
    ) -> Monitor<CellShelves>.Wakening {
        shelves.needsKeeper(at: now) ? .one : .nobody
    }

    /// Ends every cell that is kept; cells taken from now on are made when they are needed.
    func shutDown() {
        shelves.update { $0.isClosed = true }
        shelves.wait { $0.keepers == 0 ? () : nil }
        for cell in shelves.update({ $0.removeAll() }) { cell.putAway() }
        factory.zygotes.removeAll()
    }

    private func make(_ kind: CellKind) -> ReadyCell? {
        do {
            return try factory.make(kind, ahead: true)
        } catch {
            factory.report.failed(.cell, for: kind, error)
            return nil
        }
    }

    private func keep() {
        // Where an execution ends, there is a cell to put away and another to make, while somebody waits for the result.
        Process.giveWay()
        while true {
            let task = shelves.wait {
                $0.nextTask(at: MonotonicClock.now, within: bounds)
            } wakening: {
                // There is more to do than one does at once.
                Self.keeper(of: $0)
            }
            switch task {
            case .make(let kind):
                let made = make(kind)
                let isKept = shelves.update {
                    $0.shelve(made, of: kind, at: MonotonicClock.now)
                } wakening: {
                    Self.keeper(of: $0)
                }
                if !isKept { made?.putAway() }
            case .putAway(let cell): cell.putAway()
            case .leave:
                shelves.update { $0.keepers -= 1 }
                return
            }
        }
    }
}
