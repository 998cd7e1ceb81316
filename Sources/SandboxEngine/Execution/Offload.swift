import LaunchProtocol
import LinuxKernel

/// Runs blocking work on a thread of its own, so that none of the cooperative pool's is held up.
package func offload<Result: Sendable>(_ work: @escaping @Sendable () throws -> Result) async throws -> Result
{
    try await withCheckedThrowingContinuation { continuation in
        do throws(KernelError) {
            try WorkerThread.perform { continuation.resume(with: Swift.Result { try work() }) }
        } catch {
            let failure = LaunchFailure(stage: .initProcess, call: error.call, number: error.number)
            continuation.resume(throwing: LaunchDiagnosis.error(for: failure))
        }
    }
}

/// Runs blocking work that cannot fail on a thread of its own; on the caller's where there is none to be had.
package func offload(_ work: @escaping @Sendable () -> Void) async {
    await withCheckedContinuation { continuation in
        do throws(KernelError) {
            try WorkerThread.perform {
                work()
                continuation.resume()
            }
        } catch {
            // Such work cleans up, and must be done.
            work()
            continuation.resume()
        }
    }
}
