/// What a pool holds and what is to be done about it; a plain value without I/O.
struct CellShelves {
    /// Cells of one kind.
    private struct Shelf {
        var ready: [ReadyCell] = []
        /// How many are being made.
        var making = 0
        /// How many there should be.
        var depth = 0
        /// How many of those that were taken are still in use.
        var inUse = 0
        /// When one was last asked for, in nanoseconds of the monotonic clock.
        var lastTaken: UInt64
        /// No cell is made before; after a failure, whose reason the next caller learns by its own attempt.
        var notBefore: UInt64 = 0
    }

    /// Something for a keeper to do.
    enum Task {
        case make(CellKind)
        case putAway(ReadyCell)
        case leave
    }

    private var shelves: [CellKind: Shelf] = [:]
    private var used: [ReadyCell] = []
    /// Keepers that run.
    var keepers = 0
    /// Whether nothing is kept any more.
    var isClosed = false

    private static let idleTime: UInt64 = 30_000_000_000
    private static let pause: UInt64 = 1_000_000_000
    /// Used cells that may lie about before whoever brings another puts it away itself.
    private static let usedLimit = 64
    /// Used cells from which on putting away comes before making.
    private static let usedMany = 8

    /// The cell of a kind that has been ready for longest; notes the demand.
    mutating func take(_ kind: CellKind, at now: UInt64, atMost limit: Int) -> ReadyCell? {
        // What is asked for once may never be asked for again.
        guard var shelf = shelves[kind] else {
            var shelf = Shelf(lastTaken: now)
            shelf.inUse = 1
            shelves[kind] = shelf
            return nil
        }
        defer { shelves[kind] = shelf }
        shelf.lastTaken = now
        shelf.inUse += 1
        guard !shelf.ready.isEmpty else {
            shelf.depth = min(limit, max(2, shelf.depth * 2))
            return nil
        }
        return shelf.ready.removeFirst()
    }

    /// Puts a cell that was made on its shelf, or notes that none could be; false when it is not wanted any more.
    mutating func shelve(_ cell: ReadyCell?, of kind: CellKind, at now: UInt64) -> Bool {
        guard !isClosed, var shelf = shelves[kind] else { return false }
        shelf.making -= 1
        if let cell { shelf.ready.append(cell) } else { shelf.notBefore = now + Self.pause }
        shelves[kind] = shelf
        return true
    }

    /// Notes that a cell that was asked for is not in use any more, or never was.
    mutating func release(_ kind: CellKind) {
        guard let inUse = shelves[kind]?.inUse else { return }
        shelves[kind]?.inUse = max(0, inUse - 1)
    }

    /// Takes a used cell; false when the caller has to put it away itself.
    mutating func retire(_ cell: ReadyCell, of kind: CellKind) -> Bool {
        release(kind)
        guard keepers > 0, !isClosed, used.count < Self.usedLimit else { return false }
        used.append(cell)
        return true
    }

    /// What a keeper should do next, if anything.
    mutating func nextTask(at now: UInt64, within bounds: CellPool.Bounds) -> Task? {
        if isClosed { return .leave }
        if used.count >= Self.usedMany { return .putAway(used.removeFirst()) }
        if let kind = neediest(at: now) {
            if hasRoom(within: bounds) {
                shelves[kind]?.making += 1
                return .make(kind)
            }
            if let cell = removeLeastWanted(but: kind) { return .putAway(cell) }
        }
        if !used.isEmpty { return .putAway(used.removeFirst()) }
        return removeIdle(at: now).map { .putAway($0) }
    }

    /// Whether a keeper that sleeps might have something to do.
    func needsKeeper(at now: UInt64) -> Bool { isClosed || !used.isEmpty || neediest(at: now) != nil }

    /// Cells of all kinds that are ready.
    var readyCells: Int { shelves.values.reduce(0) { $0 + $1.ready.count } }

    /// Empties everything.
    mutating func removeAll() -> [ReadyCell] {
        defer {
            shelves = [:]
            used = []
        }
        return used + shelves.values.flatMap(\.ready)
    }

    // MARK: Bounds

    private func hasRoom(within bounds: CellPool.Bounds) -> Bool {
        let cells = shelves.values.flatMap(\.ready)
        let making = shelves.values.reduce(0) { $0 + $1.making }
        let held = cells.reduce(0) { $0 + $1.footprint }
        // What has yet to be made is expected to be like what there is.
        let one = cells.isEmpty ? ReadyCell.ownFootprint : held / cells.count
        return cells.count + making < bounds.cells && held + (making + 1) * one <= bounds.memory
    }

    /// The kind that lacks the most of what it should have.
    private func neediest(at now: UInt64) -> CellKind? {
        shelves.filter { $0.value.notBefore <= now && lack(of: $0.value) > 0 && !isIdle($0.value, at: now) }
            .max { lack(of: $0.value) < lack(of: $1.value) }?.key
    }

    /// While a program runs, half of what should be there is enough: what is made then takes from it the processor.
    private func lack(of shelf: Shelf) -> Int {
        let wanted = shelf.inUse > 0 ? (shelf.depth + 1) / 2 : shelf.depth
        return wanted - shelf.ready.count - shelf.making
    }

    private func isIdle(_ shelf: Shelf, at now: UInt64) -> Bool { shelf.lastTaken + Self.idleTime < now }

    /// A cell of the kind that has gone unwanted for longest.
    private mutating func removeLeastWanted(but kind: CellKind) -> ReadyCell? {
        let others = shelves.filter { $0.key != kind && !$0.value.ready.isEmpty }
        guard let least = others.min(by: { $0.value.lastTaken < $1.value.lastTaken })?.key else { return nil }
        let left = (shelves[least]?.ready.count ?? 1) - 1
        shelves[least]?.depth = left
        return shelves[least]?.ready.removeFirst()
    }

    /// A cell of a kind that nobody asks for any more.
    private mutating func removeIdle(at now: UInt64) -> ReadyCell? {
        for (kind, shelf) in shelves where shelf.making == 0 && isIdle(shelf, at: now) {
            shelves[kind]?.depth = 0
            guard !shelf.ready.isEmpty else {
                shelves[kind] = nil
                continue
            }
            return shelves[kind]?.ready.removeFirst()
        }
        return nil
    }
}
