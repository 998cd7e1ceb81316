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

/// Submissions that were accepted together.
package struct BatchAcceptance: Sendable {
    /// What the batch is called from now on.
    package var id: ExecutionID
    /// Its executions in the order of the requests; of one that was accepted before, those that wait or run, in any order.
    package var executions: [LiveExecution]
    /// Whether an idempotency key led to one that was accepted before.
    package var isRepeated: Bool
}

/// What came of a request under an idempotency key.
struct SettledSubmissions: Sendable {
    /// The first submission.
    var id: ExecutionID
    /// The batch that it is of.
    var batch: ExecutionID?
    /// What waits or runs of it, or did when it was accepted.
    var executions: [LiveExecution]
    /// Whether it was accepted before.
    var isRepeated = false
}

extension ExecutionService {
    /// Accepts a submission; it is on the disk when this returns.
    ///
    /// It may run already while it is being written: nobody has been told of it then.
    ///
    /// - Parameters:
    ///   - request: What to run.
    ///   - caller: On whose behalf.
    ///   - idempotencyKey: The caller's name for this very request: when it comes again, nothing is run twice, and whatever could
    ///     be said against a new one is not.
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
        guard let idempotencyKey else {
            var accepted = try await admit([request], by: caller)[0]
            if isIdle, hasRoom(caller.name) { accepted.record.begin(at: accepted.record.createdAt) }
            let execution = try await run(accepted, waiting: patience)
            return Acceptance(id: execution.id, execution: execution, isRepeated: false)
        }
        let key = try await self.key(idempotencyKey, of: caller, for: [request], isBatch: false)
        let settled = try await accept([request], by: caller, under: key)
        if let execution = settled.executions.first { await Self.end(of: [execution], within: patience) }
        return Acceptance(
            id: settled.id,
            execution: settled.executions.first,
            isRepeated: settled.isRepeated,
        )
    }

    /// Accepts submissions together, all of them or none.
    ///
    /// - Parameters:
    ///   - requests: What to run.
    ///   - caller: On whose behalf.
    ///   - idempotencyKey: The caller's name for this very batch, as for a single submission.
    /// - Returns: What the batch is called, and its executions.
    /// - Throws: ``ServiceError``; of what is wrong with one of them, the first, by its place.
    package func submit(
        batch requests: [SubmissionRequest],
        by caller: Caller,
        idempotencyKey: String? = nil,
    ) async throws -> BatchAcceptance {
        try caller.require(.submit)
        let batch = ExecutionID()
        guard let idempotencyKey else {
            let accepted = try await admit(requests, by: caller, batch: batch)
            let executions = try await begin(accepted, of: caller)
            return BatchAcceptance(id: batch, executions: executions, isRepeated: false)
        }
        let key = try await self.key(idempotencyKey, of: caller, for: requests, isBatch: true)
        let settled = try await accept(requests, by: caller, batch: batch, under: key)
        return BatchAcceptance(
            id: settled.batch ?? batch,
            executions: settled.executions,
            isRepeated: settled.isRepeated,
        )
    }

    // MARK: Idempotency

    /// The key, with the fingerprint of what comes under it; found beside this actor, as ``resolve(_:by:)`` is.
    @concurrent private nonisolated func key(
        _ key: String,
        of caller: Caller,
        for requests: [SubmissionRequest],
        isBatch: Bool,
    ) async throws(ServiceError) -> IdempotencyKey {
        try IdempotencyKey(key, of: caller, for: requests, isBatch: isBatch)
    }

    /// Accepts what comes under a key, or finds what was accepted under it before.
    ///
    /// Whoever brings the same while it is being accepted is told of it when it is there to be watched, and that it is not accepted
    /// when it is not.
    private func accept(
        _ requests: [SubmissionRequest],
        by caller: Caller,
        batch: ExecutionID? = nil,
        under key: IdempotencyKey,
    ) async throws -> SettledSubmissions {
        while let other = beingAccepted[key.name] {
            try key.check(against: other.fingerprint)
            do {
                var settled = try await other.settled.value
                settled.isRepeated = true
                return settled
            } catch is CancellationError where !Task.isCancelled {
                // Its caller went; this one is still here.
                continue
            }
        }
        let promise = Promise<SettledSubmissions>()
        beingAccepted[key.name] = (fingerprint: key.fingerprint, settled: promise)
        defer { beingAccepted[key.name] = nil }
        do {
            let settled = try await settle(requests, by: caller, batch: batch, under: key)
            promise.settle(.success(settled))
            return settled
        } catch {
            promise.settle(.failure(error))
            throw error
        }
    }

    /// As ``accept(_:by:batch:under:)``, while nobody else brings anything under the key.
    private func settle(
        _ requests: [SubmissionRequest],
        by caller: Caller,
        batch: ExecutionID?,
        under key: IdempotencyKey,
    ) async throws -> SettledSubmissions {
        // Before anything is said against it: it may be accepted already.
        if let earlier = try await store.earlier(under: key) {
            try await store.sync()
            return SettledSubmissions(
                id: earlier.id,
                batch: earlier.batch,
                executions: live(of: earlier),
                isRepeated: true,
            )
        }
        let accepted = try await admit(requests, by: caller, batch: batch)
        let executions = try await begin(accepted, of: caller, under: key)
        return SettledSubmissions(id: accepted[0].record.id, batch: batch, executions: executions)
    }

    /// What waits or runs of a submission, or of the batch that it is of.
    private func live(of earlier: ExecutionRecord) -> [LiveExecution] {
        guard let batch = earlier.batch else { return live[earlier.id].map { [$0] } ?? [] }
        return live.values.filter { $0.record.batch == batch }
    }

    // MARK: Accepting

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

    /// The submissions that requests become, once nothing is to be said against them.
    ///
    /// - Throws: ``ServiceError``; of what is wrong with one of a batch, the first, by its place.
    private func admit(
        _ requests: [SubmissionRequest],
        by caller: Caller,
        batch: ExecutionID? = nil,
    ) async throws -> [AcceptedSubmission] {
        try await audit.catchUp()
        let most = batch == nil ? 1 : configuration.queue.batch
        guard (1...most).contains(requests.count) else {
            throw ServiceError(
                .invalidRequest,
                "a batch has 1 to \(most) executions, and this one has \(requests.count)",
            )
        }
        var accepted: [AcceptedSubmission] = []
        for (place, request) in requests.enumerated() {
            do {
                let submission = try await resolve(request, by: caller)
                accepted.append(accept(submission, of: caller, batch: batch))
            } catch {
                guard batch != nil else { throw error }
                throw ServiceError(error.code, "executions[\(place)]: \(error.message)", mend: error.mend)
            }
        }
        try admit(accepted, of: caller)
        return accepted
    }

    /// Writes submissions down that were admitted, and has them take their turn; they are on the disk when this returns.
    ///
    /// They are live before they are in the database, so that nobody finds one there that waits and cannot be watched or cancelled.
    ///
    /// - Parameters:
    ///   - accepted: The submissions.
    ///   - caller: On whose behalf.
    ///   - key: The caller's name for them, which none has come under before.
    ///   - interaction: The caller's way into the program, of a single one.
    /// - Returns: The executions, in the same order.
    /// - Throws: ``ServiceError`` of code `storage`: none was accepted.
    func begin(
        _ accepted: [AcceptedSubmission],
        of caller: Caller,
        under key: IdempotencyKey? = nil,
        interaction: Interaction? = nil,
    ) async throws -> [LiveExecution] {
        let acceptances = accepted.map { _ in Promise<AcceptedSubmission>() }
        let executions = zip(accepted, acceptances).map { one, acceptance in
            LiveExecution(one, acceptance: acceptance, interaction: interaction)
        }
        for execution in executions { live[execution.id] = execution }
        do {
            let written = try await write(accepted, of: caller, under: key)
            for (acceptance, one) in zip(acceptances, written) { acceptance.settle(.success(one)) }
        } catch {
            for acceptance in acceptances { acceptance.settle(.failure(error)) }
            for execution in executions { end(execution, .queued) }
            throw error
        }
        count(executions.count)
        var cancelled: [LiveExecution] = []
        var interrupted: [LiveExecution] = []
        for execution in executions {
            if execution.isCancelled {
                cancelled.append(execution)
            } else if phase == .serving {
                enqueue(execution)
            } else if interaction != nil {
                interrupted.append(execution)
            } else {
                // It is kept, and runs at the next start.
                end(execution, .queued)
            }
        }
        dispatch()
        for execution in cancelled { try await drop(execution) }
        for execution in interrupted { await interrupt(execution) }
        return executions
    }

    /// Writes submissions down, whose places in the queue are kept meanwhile.
    private func write(
        _ accepted: [AcceptedSubmission],
        of caller: Caller,
        under key: IdempotencyKey?,
    ) async throws -> [AcceptedSubmission] {
        let size = accepted.reduce(0) { $0 + $1.submission.size }
        reserved.keep(accepted.count, of: caller.name, size: size)
        defer { reserved.giveBack(accepted.count, of: caller.name, size: size) }
        let written = try await store.accept(accepted, under: key)
        try await store.confirm(written)
        return written
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
        guard queue.count + reserved.count + number <= configuration.queue.length,
            queue.bytes + reserved.bytes + size <= configuration.queue.memory.bytes
        else {
            throw ServiceError(
                .queueFull,
                "as many submissions wait as may",
                mend: "try again later",
                retryAfter: .seconds(2),
            )
        }
        let waiting = queue.count(of: caller.name) + reserved.count(of: caller.name)
        guard waiting + number <= configuration.callers.queued else {
            throw ServiceError(
                .callerQueueFull,
                "\(waiting) of your submissions wait, and \(configuration.callers.queued) may",
                mend: "wait for some of them to end",
                retryAfter: .seconds(2),
            )
        }
        let now = ContinuousClock.now
        var allowance = allowances[caller.name] ?? CallerAllowance(configuration.callers, now: now)
        defer { allowances[caller.name] = allowance }
        if let delay = allowance.take(number, by: caller, now: now) {
            throw ServiceError(
                .rateExceeded,
                "your submissions come faster than they may",
                retryAfter: delay,
            )
        }
    }

    func count(_ number: Int) { metrics.submissions.increment(by: number) }
}
