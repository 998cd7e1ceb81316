import SandboxModel
import Synchronization

/// Lets a bounded number of executions run at once; those beyond it wait, in the order they came, or are refused.
final class Admission: Sendable {
    private struct State {
        var free: Int
        var waiting: [(number: Int, continuation: CheckedContinuation<Void, any Error>)] = []
        var cancelled: Set<Int> = []
        var nextNumber = 0
    }

    private let state: Mutex<State>
    private let bound: Int
    private let waits: Bool

    /// Admits `bound` at once; whoever comes then waits, or is told that the sandbox is busy.
    init(bound: Int, waits: Bool) {
        self.bound = bound
        self.waits = waits
        state = Mutex(State(free: bound))
    }

    /// Runs `body` once it is admitted.
    func admit<Result>(_ body: () async throws -> Result) async throws -> Result {
        try await enter()
        defer { leave() }
        return try await body()
    }

    private func enter() async throws {
        let number: Int? = try state.withLock { state in
            if state.free > 0 {
                state.free -= 1
                return nil
            }
            guard waits else {
                throw SandboxError(
                    .busy,
                    "as many executions run as this sandbox admits (\(bound))",
                    mend: "try again when one of them is over, or configure it to admit more or to wait",
                )
            }
            state.nextNumber += 1
            return state.nextNumber
        }
        guard let number else { return }
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                let outcome: Swift.Result<Void, any Error>? = state.withLock { state in
                    if state.cancelled.remove(number) != nil { return .failure(CancellationError()) }
                    if state.free > 0 {
                        state.free -= 1
                        return .success(())
                    }
                    state.waiting.append((number, continuation))
                    return nil
                }
                if let outcome { continuation.resume(with: outcome) }
            }
        } onCancel: {
            let waiting = state.withLock { state in
                guard let index = state.waiting.firstIndex(where: { $0.number == number }) else {
                    // It has been admitted, or does not wait yet.
                    state.cancelled.insert(number)
                    return nil as CheckedContinuation<Void, any Error>?
                }
                return state.waiting.remove(at: index).continuation
            }
            waiting?.resume(throwing: CancellationError())
        }
        state.withLock { _ = $0.cancelled.remove(number) }
    }

    private func leave() {
        let next = state.withLock { state -> CheckedContinuation<Void, any Error>? in
            guard !state.waiting.isEmpty else {
                state.free += 1
                return nil
            }
            return state.waiting.removeFirst().continuation
        }
        next?.resume()
    }
}
