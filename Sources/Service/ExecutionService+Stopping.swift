import Foundation
import Logging
import Metrics
import Sanderling

extension ExecutionService {
    /// Takes nothing more, lets what runs end for a while, and hands back what is left.
    ///
    /// What waits stays in the database and runs at the next start.
    func stop(within grace: Duration) async {
        guard phase != .stopping else { return }
        phase = .stopping
        let waiting = queue.removeAll()
        tellGauges()
        // At once, so that none is found neither waiting in the queue nor in the database alone.
        for execution in waiting where execution.interaction == nil { end(execution, .queued) }
        for execution in waiting where execution.interaction != nil { await interrupt(execution) }
        let left = Array(live.values)
        await Self.end(of: left, within: grace)
        for execution in live.values { execution.cancel(handingBack: true) }
        for execution in left { await execution.end() }
        do throws(ServiceError) {
            try await audit.catchUp()
        } catch {
            logger.critical("lines of the audit log are lost", metadata: ["error": "\(error)"])
        }
        stopping.finish()
    }

    /// Removes what is kept too long, now and then, until the task is cancelled.
    nonisolated func keepHouse() async {
        while !Task.isCancelled {
            do {
                let removed = try await store.expire(
                    endedBefore: Date().addingTimeInterval(-configuration.store.age.inSeconds),
                    keeping: configuration.store.size.bytes,
                )
                if removed > 0 {
                    Counter(label: "sanderling.expired").increment(by: removed)
                    try await store.compact()
                }
            } catch {
                logger.error("what is too old cannot be removed", metadata: ["error": "\(error)"])
            }
            await forgetIdleCallers()
            tellPool()
            try? await Task.sleep(for: .seconds(30))
        }
    }

    /// Tells how many cells are ready now.
    package nonisolated func tellPool() {
        guard let sandbox = runner as? Sandbox else { return }
        Meter(label: "sanderling.cells_ready").set(sandbox.readyCells)
    }

    private func forgetIdleCallers() {
        let now = ContinuousClock.now
        allowances = allowances.filter { caller, allowance in
            running[caller] != nil || queue.count(of: caller) > 0 || !allowance.isFull(now: now)
        }
    }
}
