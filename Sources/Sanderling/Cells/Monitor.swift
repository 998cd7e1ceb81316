import Foundation

/// State that threads share, and wait on for changes; pthread_cond_wait(3) under Foundation's name.
final class Monitor<State>: @unchecked Sendable {
    // Sendable by hand: `state` is touched under `condition`'s lock only.
    private let condition = NSCondition()
    private var state: State

    /// A monitor of `state`.
    init(_ state: sending State) { self.state = state }

    /// Looks at the state or changes it; whoever waits looks again afterwards, if `matters` says that it is worth it.
    func update<Result>(
        _ body: (inout State) throws -> Result,
        matters: (borrowing State) -> Bool = { _ in true },
    ) rethrows -> Result {
        condition.lock()
        defer {
            if matters(state) { condition.broadcast() }
            condition.unlock()
        }
        return try body(&state)
    }

    /// Looks at the state, which wakes nobody.
    func look<Result>(_ body: (borrowing State) -> Result) -> Result {
        condition.lock()
        defer { condition.unlock() }
        return body(state)
    }

    /// Waits until `body` has an answer, asking it again after every change and once a second.
    func wait<Answer>(for body: (inout State) -> Answer?) -> Answer {
        condition.lock()
        defer { condition.unlock() }
        while true {
            if let answer = body(&state) { return answer }
            _ = condition.wait(until: Date(timeIntervalSinceNow: 1))
        }
    }
}
