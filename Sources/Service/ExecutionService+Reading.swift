package import Foundation
package import Languages
package import SandboxModel

extension ExecutionService {
    /// One of the caller's executions with all that belongs to it.
    ///
    /// - Throws: ``ServiceError``: `notFound`, in the same words when it is another caller's.
    package nonisolated func details(_ id: ExecutionID, for caller: Caller) async throws -> ExecutionDetails {
        try caller.require(.read)
        guard let details = try await store.details(id, of: caller.name) else { throw ServiceError.absent }
        return details
    }

    /// As ``details(_:for:)``, of one that is or was live; once it has ended, the database is not asked.
    package nonisolated func details(of execution: LiveExecution, for caller: Caller) async throws
        -> ExecutionDetails
    {
        guard let ended = execution.ended else { return try await details(execution.id, for: caller) }
        try caller.require(.read)
        guard ended.record.caller == caller.name else { throw ServiceError.absent }
        return ended
    }

    /// As ``details(_:for:)``, of one that was just accepted.
    package nonisolated func details(of acceptance: Acceptance, for caller: Caller) async throws
        -> ExecutionDetails
    {
        guard let execution = acceptance.execution else {
            return try await details(acceptance.id, for: caller)
        }
        return try await details(of: execution, for: caller)
    }

    /// As ``details(_:for:)``, once it is over or `time` has passed.
    package func details(
        _ id: ExecutionID,
        for caller: Caller,
        waiting time: Duration,
    ) async throws -> ExecutionDetails {
        try caller.require(.read)
        guard let execution = live(id, of: caller) else { return try await details(id, for: caller) }
        await Self.end(of: [execution], within: min(time, configuration.http.waitTime))
        return try await details(of: execution, for: caller)
    }

    /// One of the caller's executions while it waits or runs, or `nil`.
    package func live(_ id: ExecutionID, of caller: Caller) -> LiveExecution? {
        guard let execution = live[id], execution.record.caller == caller.name else { return nil }
        return execution
    }

    /// Returns when all of `executions` are over, `time` has passed or the task is cancelled.
    package static func end(of executions: [LiveExecution], within time: Duration) async {
        let last = ContinuousClock.now + time
        for execution in executions { await execution.end(by: last) }
    }

    /// The caller's executions that `filter` lets through, the latest first.
    package nonisolated func list(_ filter: ExecutionFilter, for caller: Caller) async throws
        -> [ExecutionRecord]
    {
        try caller.require(.read)
        return try await store.list(filter, of: caller.name)
    }

    /// How many of the caller's executions came on each day (UTC), of those that `filter` lets through.
    package nonisolated func counts(_ filter: ExecutionFilter, for caller: Caller) async throws -> [String:
        Int]
    {
        try caller.require(.read)
        return try await store.counts(filter, of: caller.name)
    }

    /// How many of the caller's executions wait, how many run, and how many may run at once.
    package func load(of caller: Caller) throws(ServiceError) -> (waiting: Int, running: Int, most: Int) {
        try caller.require(.read)
        let most = min(configuration.callers.concurrency, configuration.queue.concurrency)
        return (
            queue.count(of: caller.name), running[caller.name, default: 0],
            min(most, caller.ceilings.concurrency ?? most),
        )
    }

    /// What waits or runs of all that came by an interface, whoever it belongs to.
    package func live(of interface: String) -> [LiveExecution] {
        live.values.filter { $0.submission.note?.interface == interface }
    }

    /// The executions of one of the caller's batches, in the order they were given.
    package nonisolated func batch(_ id: ExecutionID, for caller: Caller) async throws -> [ExecutionRecord] {
        try caller.require(.read)
        let records = try await store.batch(id, of: caller.name)
        guard !records.isEmpty else { throw ServiceError(.notFound, "there is no such batch") }
        return records
    }

    /// What came of the executions of one of the caller's batches, in the order they were given, without their files.
    ///
    /// - Parameters:
    ///   - batch: A batch whose executions all ask for the same.
    ///   - submission: What that is; with large files, reading it again for each would cost far more than their results.
    ///   - caller: Whose it is.
    /// - Returns: The executions; none when the caller has no such batch.
    /// - Throws: ``ServiceError``.
    package nonisolated func outcomes(
        of batch: ExecutionID,
        asking submission: Submission,
        for caller: Caller,
    ) async throws -> [ExecutionDetails] {
        try caller.require(.read)
        return try await store.outcomes(of: batch, asking: submission, caller: caller.name)
    }

    /// A file that one of the caller's programs left.
    package nonisolated func file(_ path: String, of id: ExecutionID, for caller: Caller) async throws -> Data
    {
        try caller.require(.read)
        guard let contents = try await store.file(path, of: id, caller: caller.name) else {
            throw ServiceError(.notFound, "there is no such file")
        }
        return contents
    }

    /// The most of each limit that the caller can be given.
    package nonisolated func ceilings(for caller: Caller) -> Limits { rules.ceilings(for: caller) }

    /// The most time and memory that a compiler can be given on the caller's behalf.
    package nonisolated func compileCeilings(for caller: Caller) -> Limits {
        rules.compileCeilings(for: caller)
    }

    /// The languages, with what this host has of them.
    package nonisolated func installedLanguages() async -> [InstalledLanguage] {
        await InstalledLanguage.all(languages.survey().definitions)
    }

    /// Who a request with this secret comes from.
    ///
    /// - Throws: ``ServiceError`` of code `unauthenticated`.
    package nonisolated func caller(with secret: String?) throws -> Caller {
        try authentication.caller(with: secret)
    }

    /// Whether callers need a key.
    package nonisolated var requiresKey: Bool { get throws { try authentication.isRequired } }
}
