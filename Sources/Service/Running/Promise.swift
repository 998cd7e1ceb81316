import Synchronization

/// A value that comes later, for any number of those who wait for it.
final class Promise<Value: Sendable>: Sendable {
    private struct State {
        var outcome: Result<Value, any Error>?
        var waiting: [CheckedContinuation<Value, any Error>] = []
    }

    private let state = Mutex(State())

    /// The value, as soon as it is there; waiting for it does not end when the task is cancelled.
    ///
    /// - Throws: Why there is none.
    var value: Value {
        get async throws {
            try await withCheckedThrowingContinuation { continuation in
                let outcome = state.withLock { state in
                    if state.outcome == nil { state.waiting.append(continuation) }
                    return state.outcome
                }
                if let outcome { continuation.resume(with: outcome) }
            }
        }
    }

    /// Gives the value, or why there is none; once.
    func settle(_ outcome: Result<Value, any Error>) {
        let waiting = state.withLock { state in
            precondition(state.outcome == nil, "a promise is settled once")
            state.outcome = outcome
            defer { state.waiting = [] }
            return state.waiting
        }
        for continuation in waiting { continuation.resume(with: outcome) }
    }
}
