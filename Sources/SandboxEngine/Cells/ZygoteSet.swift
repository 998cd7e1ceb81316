import LinuxKernel
import SandboxModel
import Synchronization

/// The zygotes of a sandbox, one for each kind of cell that has an interpreter; made when asked for, and anew on a schedule.
final class ZygoteSet: Sendable {
    private struct Place {
        var zygote: Zygote?
        var forks = 0
        /// When it was last asked for, in nanoseconds of the monotonic clock.
        var lastUsed: UInt64
        /// No attempt is made before; after a failure.
        var notBefore: UInt64 = 0
    }

    private let places = Mutex<[CellKind: Place]>([:])
    /// Is held while an interpreter starts: who wants the same one meanwhile waits for it, and starts no other.
    private let starting = Mutex<Void>(())

    /// Copies that may share one address layout and one hash secret.
    private static let forkLimit = 1_000
    /// How long they may, in nanoseconds.
    private static let lifetime: UInt64 = 600_000_000_000
    /// How long to do without after a failure, in nanoseconds.
    private static let pause: UInt64 = 60_000_000_000
    /// Zygotes at once; of more kinds, those that went unused for longest end.
    private static let capacity = 8

    /// The zygote for a kind, if it is there and fresh.
    func existing(for kind: CellKind) -> Zygote? {
        let now = MonotonicClock.now
        return places.withLock { places in
            guard let place = places[kind], let zygote = place.zygote, place.forks < Self.forkLimit,
                zygote.madeAt + Self.lifetime > now
            else { return nil }
            places[kind]?.forks += 1
            places[kind]?.lastUsed = now
            return zygote
        }
    }

    /// The zygote for a kind, made now if need be; `nil` when it could not be a moment ago.
    ///
    /// - Throws: Why it cannot be made.
    func zygote(for kind: CellKind, making make: () throws -> Zygote) throws -> Zygote? {
        if let zygote = existing(for: kind) { return zygote }
        return try starting.withLock { _ in
            try existing(for: kind) ?? start(kind, by: make)
        }
    }

    private func start(_ kind: CellKind, by make: () throws -> Zygote) throws -> Zygote? {
        let now = MonotonicClock.now
        guard places.withLock({ $0[kind]?.notBefore ?? 0 }) <= now else { return nil }
        let outcome = Result { try make() }
        let made = try? outcome.get()
        let ended = places.withLock { places in
            let old = places.updateValue(
                Place(
                    zygote: made,
                    forks: 1,
                    lastUsed: now,
                    notBefore: made == nil ? now + Self.pause : 0,
                ),
                forKey: kind,
            )
            return [old?.zygote] + Self.removeUnused(from: &places)
        }
        // Outside the places' lock: letting go of one waits for its end.
        _ = consume ended
        return try outcome.get()
    }

    /// Lets go of a zygote that did not do what it was asked.
    func discard(_ kind: CellKind) {
        let old = places.withLock { $0.updateValue(Place(lastUsed: 0), forKey: kind) }
        _ = consume old
    }

    /// Ends them all.
    func removeAll() {
        let old = places.withLock { places in
            defer { places = [:] }
            return places
        }
        _ = consume old
    }

    private static func removeUnused(from places: inout [CellKind: Place]) -> [Zygote?] {
        var removed: [Zygote?] = []
        while places.count > capacity, let oldest = places.min(by: { $0.value.lastUsed < $1.value.lastUsed })
        {
            removed.append(places.removeValue(forKey: oldest.key)?.zygote)
        }
        return removed
    }
}
