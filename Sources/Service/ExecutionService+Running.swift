import Foundation
import Logging
import Metrics
import Reporting
import SandboxModel
import Sanderling

extension ExecutionService {
    func enqueue(_ execution: LiveExecution) {
        live[execution.id] = execution
        queue.append(
            execution,
            of: execution.record.caller,
            priority: execution.record.priority,
            size: execution.submission.size,
        )
    }

    /// Starts what can be started.
    func dispatch() {
        while phase == .serving, !isHeldUp, runningCount < configuration.queue.concurrency,
            let (caller, execution) = queue.next(where: hasRoom)
        {
            runningCount += 1
            running[caller, default: 0] += 1
            start(execution)
        }
        tellGauges()
    }

    /// Whether nothing waits, and one more may run.
    var isIdle: Bool {
        phase == .serving && !isHeldUp && queue.count == 0 && runningCount < configuration.queue.concurrency
    }

    func hasRoom(_ caller: String) -> Bool {
        running[caller, default: 0] < allowances[caller]?.concurrency ?? configuration.callers.concurrency
    }

    /// Takes a submission that could not be written down out of the queue; one that runs already is cancelled.
    ///
    /// - Returns: Whether it waited, and nothing was done with it.
    func abandon(_ execution: LiveExecution) -> Bool {
        guard queue.remove(of: execution.record.caller, where: { $0.id == execution.id }) != nil else {
            execution.cancel()
            return false
        }
        live[execution.id] = nil
        return true
    }

    /// Runs one submission in a task that can be cancelled by itself.
    ///
    /// Its beginning is carried out here: what it waits for is a thread of the sandbox's, and waking another before that would
    /// only make it later.
    func start(_ execution: LiveExecution) { execution.run(in: task(of: execution)) }

    private nonisolated func task(of execution: LiveExecution) -> Task<Void, Never> {
        Task.immediateDetached {
            await self.execute(execution)
            await self.leave(execution)
        }
    }

    private func leave(_ execution: LiveExecution) {
        let caller = execution.record.caller
        runningCount -= 1
        let left = running[caller, default: 1] - 1
        running[caller] = left > 0 ? left : nil
        dispatch()
    }

    private nonisolated func execute(_ execution: LiveExecution) async {
        let isNoted = execution.record.state == .running
        let begun = isNoted ? execution.record.startedAt ?? .inMilliseconds : .inMilliseconds
        metrics.queueTime.recordNanoseconds(
            Int64(max(0, begun.timeIntervalSince(execution.record.createdAt)) * 1e9)
        )
        // Nobody waits for it: should it not be written, the submission is found waiting and runs again all the same. It
        // is not written before the submission itself, of which there would be nothing to note it of.
        let noting =
            isNoted || !execution.isKept
            ? nil
            : Task { [store] in
                _ = try await execution.acceptance?.value
                try await store.start(execution.id, at: begun)
            }
        // Found while the program runs, so that nobody waits for it, where nobody else finds it.
        let digest =
            execution.acceptance != nil ? nil : Task { AuditEntry.digest(of: execution.submission) }
        var ending = ExecutionEnding(state: .finished, startedAt: begun, finishedAt: begun)
        var violations: [Violation] = []
        do {
            var result = try await runner.run(
                execution.submission,
                interaction: execution.interaction,
            ) { execution.tell($0) }
            if result.verdict == .cancelled, execution.isHandedBack {
                _ = try? await noting?.value
                return await handBack(execution)
            }
            ending.verdict = result.verdict
            violations = result.violations
            execution.settle(.success(result))
            // Files are kept beside the result, whose JSON holds none of them.
            swap(&ending.files, &result.files)
            if execution.isKept {
                ending.result = Data(JSONValue.object(result.jsonMembers).serialized())
            }
        } catch is CancellationError where execution.isHandedBack {
            _ = try? await noting?.value
            return await handBack(execution)
        } catch is CancellationError {
            execution.settle(.failure(CancellationError()))
            ending.state = .cancelled
        } catch {
            execution.settle(.failure(error))
            ending.state = .refused
            ending.refusal = ExecutionDetails.Refusal(error)
        }
        ending.finishedAt = .inMilliseconds
        // With it comes that the submission was written down; its end is not written before that.
        let accepted = try? await execution.acceptance?.value.digest
        let known = await digest?.value ?? accepted
        await conclude(execution, ending, violations: violations, digest: known)
        await end(execution, ending)
    }

    /// Lets go of an execution that is over, and tells those who watch it.
    func end(_ execution: LiveExecution, _ ending: ExecutionEnding) {
        if execution.isKept { execution.end(with: ExecutionDetails(execution, ending)) }
        end(execution, ending.state)
    }

    /// Lets go of an execution, and tells those who watch it how far it is.
    func end(_ execution: LiveExecution, _ state: ExecutionState) {
        live[execution.id] = nil
        execution.interaction?.close()
        execution.tell(.ended(state))
    }

    private nonisolated func handBack(_ execution: LiveExecution) async {
        guard execution.interaction == nil else { return await interrupt(execution) }
        // Of what is not written down yet there would be nothing to hand back.
        _ = try? await execution.acceptance?.value
        do {
            try await store.handBack([execution.id])
        } catch {
            // The next start finds it running, and does what it does with those.
            logger.error("a program cannot be handed back", metadata: ["execution": "\(execution.id)"])
        }
        await leaveWaiting(execution)
    }

    func tellGauges() {
        metrics.waiting.set(queue.count)
        metrics.waitingBytes.set(queue.bytes)
        metrics.running.set(runningCount)
    }
}

extension ExecutionDetails.Refusal {
    init(_ error: any Error) {
        if let error = error as? SandboxError {
            self.init(code: error.code.rawValue, message: error.message, mend: error.mend)
        } else {
            self.init(code: SandboxError.Code.internal.rawValue, message: "\(error)", mend: nil)
        }
    }
}
