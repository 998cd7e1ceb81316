import Foundation

extension ExecutionService {
    /// Cancels one of the caller's executions: one that waits does not run any more, one that runs is killed.
    ///
    /// One that is over stays as it is. While the service is being stopped, what waits for its next start is cancelled too.
    ///
    /// - Throws: ``ServiceError``: `notFound`; `storage`.
    package func cancel(_ id: ExecutionID, by caller: Caller) async throws {
        try caller.require(.submit)
        guard let execution = live(id, of: caller) else { return try await cancelKept(id, of: caller) }
        guard queue.remove(of: caller.name, where: { $0.id == id }) != nil else { return execution.cancel() }
        tellGauges()
        try await drop(execution)
    }

    /// Has a submission end that was taken out of the queue, or never came into it, without having run.
    ///
    /// - Throws: Why it could not be written down; nothing was accepted then.
    func drop(_ execution: LiveExecution) async throws {
        do {
            _ = try await execution.acceptance?.value
        } catch {
            end(execution, .queued)
            throw error
        }
        let ending = ExecutionEnding(state: .cancelled, finishedAt: .inMilliseconds)
        await conclude(execution, ending)
        end(execution, ending)
    }

    /// Lets an execution wait for the service's next start, unless its caller has cancelled it meanwhile.
    ///
    /// Whoever cancels it from then on does so in the database.
    func leaveWaiting(_ execution: LiveExecution) async {
        guard execution.isCancelled else { return end(execution, .queued) }
        try? await drop(execution)
    }

    /// Cancels an execution that nothing here runs or is going to run: only the service's next start would.
    private func cancelKept(_ id: ExecutionID, of caller: Caller) async throws {
        let time = Date.inMilliseconds
        guard let kept = try await store.cancel(id, of: caller.name, at: time) else {
            guard try await store.details(id, of: caller.name) != nil else { throw ServiceError.absent }
            return
        }
        let ending = ExecutionEnding(state: .cancelled, finishedAt: time)
        await conclude(AuditEntry(record: kept.record, submission: kept.submission, ending: ending))
    }

    /// Removes one of the caller's executions that is over, with its result and files.
    ///
    /// - Throws: ``ServiceError``: `notFound`; `conflict` when it is not over.
    package func remove(_ id: ExecutionID, by caller: Caller) async throws {
        try caller.require(.submit)
        let unfinished = ServiceError(.conflict, "the execution is not over", mend: "cancel it first")
        guard live(id, of: caller) == nil else { throw unfinished }
        if try await store.remove(id, of: caller.name) { return }
        // It may wait for the service's next start.
        guard try await store.details(id, of: caller.name) == nil else { throw unfinished }
        throw ServiceError.absent
    }
}
