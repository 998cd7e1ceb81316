import Foundation

extension ExecutionService {
    /// Cancels one of the caller's executions: one that waits does not run any more, one that runs is killed.
    ///
    /// One that is over stays as it is.
    ///
    /// - Throws: ``ServiceError`` of code `notFound`.
    package func cancel(_ id: ExecutionID, by caller: Caller) async throws {
        try caller.require(.submit)
        guard let execution = live(id, of: caller) else {
            guard try await store.details(id, of: caller.name) != nil else { throw ServiceError.absent }
            return
        }
        guard queue.remove(of: caller.name, where: { $0.id == id }) != nil else { return execution.cancel() }
        tellGauges()
        _ = try await execution.acceptance?.value
        let ending = ExecutionEnding(state: .cancelled, finishedAt: .inMilliseconds)
        await conclude(execution, ending)
        end(execution, ending)
    }

    /// Removes one of the caller's executions that is over, with its result and files.
    ///
    /// - Throws: ``ServiceError``: `notFound`; `conflict` when it is not over.
    package func remove(_ id: ExecutionID, by caller: Caller) async throws {
        try caller.require(.submit)
        guard live(id, of: caller) == nil else {
            throw ServiceError(.conflict, "the execution is not over", mend: "cancel it first")
        }
        guard try await store.remove(id, of: caller.name) else { throw ServiceError.absent }
    }
}
