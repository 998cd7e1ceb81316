import Synchronization

/// A call that is made once its time has come, unless it is taken back before.
///
/// Nearly all of them are taken back: a body comes, a program ends. So there is one sleeper for all, which is woken for the first of
/// them alone; another that is later costs a lock and no timer.
package final class Deadline: Sendable {
    private struct Waiting {
        var deadlines: [ObjectIdentifier: Deadline] = [:]
        /// When a sleeper looks next; `nil` when none sleeps.
        var wake: ContinuousClock.Instant?
    }

    private static let waiting = Mutex(Waiting())

    /// When the call is made.
    package let time: ContinuousClock.Instant
    private let call: @Sendable () -> Void
    private let passed = Atomic(false)

    /// - Parameters:
    ///   - time: When `call` is made.
    ///   - call: Is made at most once, on any thread.
    package init(at time: ContinuousClock.Instant, call: @escaping @Sendable () -> Void) {
        self.time = time
        self.call = call
        let isFirst = Self.waiting.withLock { waiting in
            waiting.deadlines[ObjectIdentifier(self)] = self
            guard waiting.wake.map({ time < $0 }) ?? true else { return false }
            waiting.wake = time
            return true
        }
        if isFirst { Self.sleep(until: time) }
    }

    /// Whether the call was made or is being made.
    package var hasPassed: Bool { passed.load(ordering: .acquiring) }

    /// Takes the call back, where it has not been made.
    package func cancel() {
        Self.waiting.withLock { _ = $0.deadlines.removeValue(forKey: ObjectIdentifier(self)) }
    }

    private static func sleep(until time: ContinuousClock.Instant) {
        Task.detached {
            try? await Task.sleep(until: time)
            callPassed()
        }
    }

    private static func callPassed() {
        let now = ContinuousClock.now
        let (passed, wake) = waiting.withLock { waiting -> ([Deadline], ContinuousClock.Instant?) in
            let passed = waiting.deadlines.values.filter { $0.time <= now }
            for deadline in passed { waiting.deadlines[ObjectIdentifier(deadline)] = nil }
            // Another sleeper looks later, and no deadline is before that.
            guard let planned = waiting.wake, planned <= now else { return (passed, nil) }
            waiting.wake = waiting.deadlines.values.map(\.time).min()
            return (passed, waiting.wake)
        }
        if let wake { sleep(until: wake) }
        for deadline in passed {
            deadline.passed.store(true, ordering: .releasing)
            deadline.call()
        }
    }
}
