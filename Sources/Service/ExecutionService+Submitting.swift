import Foundation
import Metrics
import SandboxModel

/// A submission that was accepted.
package struct Acceptance: Sendable {
    /// What it is called from now on.
    package var id: ExecutionID
    /// It, while it waits or runs; `nil` for one that ended before, under the same idempotency key.
    package var execution: LiveExecution?
    /// Whether an idempotency key led to one that was accepted before.
    package var isRepeated: Bool
}

extension ExecutionService {
    /// Accepts a submission; it is on the disk when this returns.
    ///
    /// It may run already while it is being written: nobody has been told of it then.
    ///
    /// - Parameters:
    ///   - request: What to run.
    ///   - caller: On whose behalf.
    ///   - idempotencyKey: The caller's name for this very request: when it comes again, nothing is run twice.
    ///   - patience: How long to wait for its end, besides. Default: not at all.
    /// - Returns: What it is called.
    /// - Throws: ``ServiceError``.
    package func submit(
        _ request: SubmissionRequest,
        by caller: Caller,
        idempotencyKey: String? = nil,
        waiting patience: Duration = .zero,
    ) async throws -> Acceptance {
        try caller.require(.submit)
        try await audit.catchUp()
        let submission = try await resolve(request, by: caller)
        var accepted = accept(submission, of: caller)
        try admit([accepted], of: caller)
        guard let idempotencyKey else {
            if isIdle, hasRoom(caller.name) { accepted.record.begin(at: accepted.record.createdAt) }
            let execution = try await run(accepted, waiting: patience)
            return Acceptance(id: execution.id, execution: execution, isRepeated: false)
        }
        guard (1...255).contains(idempotencyKey.utf8.count) else {
            throw ServiceError(.invalidRequest, "an idempotency key has 1 to 255 characters")
        }
        let settled = try await store.accept([accepted], idempotencyKey: idempotencyKey)
        try await store.confirm(settled)
        let earlier = settled.first { $0.isRepeated }
        let acceptance =
            if let id = earlier?.record.id {
                Acceptance(id: id, execution: live[id], isRepeated: true)
            } else {
                Acceptance(id: accepted.record.id, execution: begin(settled).first, isRepeated: false)
            }
        if let execution = acceptance.execution { await Self.end(of: [execution], within: patience) }
        return acceptance
    }

    /// Has a submission take its turn, which may have come at once, meanwhile writes it down, and waits for its end.
    private func run(_ accepted: AcceptedSubmission, waiting patience: Duration) async throws -> LiveExecution
    {
        let acceptance = Promise<AcceptedSubmission>()
        let execution = LiveExecution(accepted, acceptance: acceptance)
        enqueue(execution)
        dispatch()
        do {
            do {
                acceptance.settle(.success(try await store.accept(accepted)))
            } catch {
                acceptance.settle(.failure(error))
                throw error
            }
            let synced = Promise<Void>()
            store.sync { outcome in
                synced.settle(outcome)
                // Whoever waits for its end need not wait any longer.
                if case .failure = outcome { execution.tell(.ended(.queued)) }
            }
            // Nobody is told of it before it is on the disk. Where its end is waited for, it is there by then in nearly all cases, and
            // no thread was woken for that while the program ran.
            await Self.end(of: [execution], within: patience)
            try await synced.value
        } catch {
            if abandon(execution) { try? await store.withdraw([execution.id]) }
            throw error
        }
        count(1)
        return execution
    }

    /// Accepts submissions together, all of them or none.
    ///
    /// - Returns: What the batch is called, and its executions in the order of the requests.
    /// - Throws: ``ServiceError``; of what is wrong with one of them, the first, by its place.
    package func submit(
        batch requests: [SubmissionRequest],
        by caller: Caller,
    ) async throws -> (id: ExecutionID, executions: [LiveExecution]) {
        try caller.require(.submit)
        try await audit.catchUp()
        guard (1...configuration.queue.batch).contains(requests.count) else {
            throw ServiceError(
                .invalidRequest,
                "a batch has 1 to \(configuration.queue.batch) executions, and this one has \(requests.count)",
            )
        }
        let batch = ExecutionID()
        var accepted: [AcceptedSubmission] = []
        for (place, request) in requests.enumerated() {
            do {
                let submission = try await resolve(request, by: caller)
                accepted.append(accept(submission, of: caller, batch: batch))
            } catch {
                throw ServiceError(error.code, "executions[\(place)]: \(error.message)", mend: error.mend)
            }
        }
        try admit(accepted, of: caller)
        accepted = try await store.accept(accepted)
        try await store.confirm(accepted)
        return (batch, begin(accepted))
    }

    private func begin(_ accepted: [AcceptedSubmission]) -> [LiveExecution] {
        count(accepted.count)
        let executions = accepted.map { LiveExecution($0) }
        guard phase == .serving else {
            // They are kept, and run at the next start.
            for execution in executions { execution.tell(.ended(.queued)) }
            return executions
        }
        for execution in executions { enqueue(execution) }
        dispatch()
        return executions
    }

    /// The submission that a request becomes; found beside this actor, which has others to serve while a large one is looked
    /// through.
    @concurrent nonisolated func resolve(_ request: SubmissionRequest, by caller: Caller)
        async throws(ServiceError)
        -> Submission
    {
        try rules.submission(request, by: caller)
    }

    func accept(_ submission: Submission, of caller: Caller, batch: ExecutionID? = nil)
        -> AcceptedSubmission
    {
        let now = Date.inMilliseconds
        let record = ExecutionRecord(
            id: ExecutionID(at: now),
            caller: caller.name,
            batch: batch,
            state: .queued,
            language: submission.program.language,
            priority: submission.priority,
            label: submission.label,
            createdAt: now,
            attempts: 0,
        )
        return AcceptedSubmission(record: record, submission: submission)
    }

    /// Refuses what comes too fast, or would be too much to keep waiting.
    func admit(_ accepted: [AcceptedSubmission], of caller: Caller) throws(ServiceError) {
        guard phase == .serving else {
            throw ServiceError(
                .shuttingDown,
                "the service is not taking submissions now",
                retryAfter: .seconds(5),
            )
        }
        let number = accepted.count
        let size = accepted.reduce(0) { $0 + $1.submission.size }
        guard queue.count + number <= configuration.queue.length,
            queue.bytes + size <= configuration.queue.memory.bytes
        else {
            throw ServiceError(
                .queueFull,
                "as many submissions wait as may",
                mend: "try again later",
                retryAfter: .seconds(2),
            )
        }
        guard queue.count(of: caller.name) + number <= configuration.callers.queued else {
            throw ServiceError(
                .callerQueueFull,
                "\(queue.count(of: caller.name)) of your submissions wait, and \(configuration.callers.queued) may",
                mend: "wait for some of them to end",
                retryAfter: .seconds(2),
            )
        }
        var allowance = allowances[caller.name] ?? CallerAllowance(caller, configuration.callers, now: .now)
        allowance.follow(caller, configuration.callers, now: .now)
        defer { allowances[caller.name] = allowance }
        if let delay = allowance.bucket.take(number, now: .now) {
            throw ServiceError(
                .rateExceeded,
                "your submissions come faster than they may",
                retryAfter: delay,
            )
        }
    }

    func count(_ number: Int) { metrics.submissions.increment(by: number) }
}
