import Synchronization

/// What was found by some name, good for a second.
///
/// To look again each time would cost more than to start a program; to look never would miss what was installed, replaced
/// or edited since.
package final class BriefMemory<Value: Sendable>: Sendable {
    private struct Entry {
        let value: Value
        let expiry: ContinuousClock.Instant
    }

    private let entries = Mutex<[String: Entry]>([:])

    package init() {}

    /// What was found by this name less than a second ago.
    package subscript(name: String) -> Value? {
        let entry = entries.withLock { $0[name] }
        return entry.flatMap { .now < $0.expiry ? $0.value : nil }
    }

    /// Remembers what was found by a name.
    ///
    /// - Parameters:
    ///   - value: What was found.
    ///   - name: By what; of a bounded number, as nothing is forgotten but for another of the same name.
    ///   - begun: When it was looked for: an answer that took long says nothing of what is there by now.
    package func keep(_ value: Value, as name: String, since begun: ContinuousClock.Instant) {
        entries.withLock { $0[name] = Entry(value: value, expiry: begun + .seconds(1)) }
    }
}
