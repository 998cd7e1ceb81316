/// Counting what came by an interface that is not the native one; what is counted means nothing here.
extension ExecutionService {
    /// How many of the caller's executions came by an interface, by what it counts them by.
    package nonisolated func tallies(of interface: String, for caller: Caller) async throws
        -> [InterfaceTally]
    {
        try caller.require(.read)
        return try await store.tallies(of: interface, caller: caller.name)
    }

    /// Keeps what an interface made of the end of one of its executions; nothing when that was removed.
    package nonisolated func settle(
        _ id: ExecutionID,
        of interface: String,
        group: String,
        outcome: Int,
    ) async throws {
        try await store.settle(id, of: interface, group: group, outcome: outcome)
    }

    /// Executions of all callers that ended and that their interface has not settled: the service was killed before it did.
    package nonisolated func unsettled(
        of interface: String,
        after id: ExecutionID?,
        count: Int = 100,
    ) async throws -> [ExecutionRecord] {
        try await store.unsettled(of: interface, after: id, count: count)
    }
}
