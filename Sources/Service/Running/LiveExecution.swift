package import SandboxModel
import Sanderling
import Synchronization

/// A submission that waits or runs: what has happened, for any number of watchers.
///
/// A watcher asks for what comes after the events it has; one that reads slowly or not at all costs nothing more than
/// the events themselves, which the output limit bounds.
package final class LiveExecution: Sendable {
    /// Somebody who waits until there are more than `count` events, or it is over.
    private struct Watcher {
        var count: Int
        var continuation: CheckedContinuation<Void, Never>
    }

    private struct State {
        var events: [LiveEvent] = [.queued]
        /// How many events some watcher has: the last of them no longer grows.
        var seen = 0
        var isOver = false
        var watchers: [Int: Watcher] = [:]
        var nextWatcher = 0
        var isCancelled = false
        var isHandedBack = false
        var task: Task<Void, Never>?
        var outcome: Result<ExecutionResult, any Error>?
        var ended: ExecutionDetails?
    }

    /// What it is called.
    package let id: ExecutionID
    /// What was known of it when it came.
    package let record: ExecutionRecord
    /// What it runs.
    package let submission: Submission
    /// Is settled when the database has it; `nil` when it was there before.
    let acceptance: Promise<AcceptedSubmission>?
    /// The caller's way into its program, when that is interactive.
    let interaction: Interaction?
    /// Whether the database has it; what nobody can ask for later is only audited.
    let isKept: Bool
    private let state = Mutex(State())

    /// A submission that may run while it is still being written down, until `acceptance` is settled.
    init(
        _ accepted: AcceptedSubmission,
        acceptance: Promise<AcceptedSubmission>? = nil,
        interaction: Interaction? = nil,
        isKept: Bool = true,
    ) {
        id = accepted.record.id
        record = accepted.record
        submission = accepted.submission
        self.acceptance = acceptance
        self.interaction = interaction
        self.isKept = isKept
    }

    // MARK: Watching

    /// The events after the first `count`, as soon as there are any; none once the last has been given or the task is
    /// cancelled.
    package func events(after count: Int) async -> [LiveEvent] {
        while true {
            let (events, isOver) = state.withLock { state -> ([LiveEvent], Bool) in
                guard state.events.count > count else { return ([], state.isOver) }
                state.seen = state.events.count
                return (Array(state.events[max(0, count)...]), state.isOver)
            }
            guard events.isEmpty, !isOver, !Task.isCancelled else { return events }
            await change(after: count)
        }
    }

    /// Returns when it is over, the task is cancelled or, where there is one, the last moment has come.
    package func end(by last: ContinuousClock.Instant? = nil) async {
        while !state.withLock({ $0.isOver }), !Task.isCancelled, !Self.isPast(last) {
            await change(after: .max, by: last)
        }
    }

    private static func isPast(_ time: ContinuousClock.Instant?) -> Bool { time.map { $0 <= .now } ?? false }

    private func change(after count: Int, by last: ContinuousClock.Instant? = nil) async {
        let number = state.withLock { state in
            state.nextWatcher += 1
            return state.nextWatcher
        }
        let deadline = last.map { Deadline(at: $0) { [weak self] in self?.release(number) } }
        defer { deadline?.cancel() }
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isThere = state.withLock { state in
                    guard !state.isOver, state.events.count <= count, !Task.isCancelled, !Self.isPast(last)
                    else { return true }
                    state.watchers[number] = Watcher(count: count, continuation: continuation)
                    return false
                }
                if isThere { continuation.resume() }
            }
        } onCancel: {
            release(number)
        }
    }

    private func release(_ watcher: Int) {
        state.withLock { $0.watchers.removeValue(forKey: watcher) }?.continuation.resume()
    }

    // MARK: Telling

    func tell(_ event: LiveEvent) {
        let watchers = state.withLock { state -> [Watcher] in
            guard !state.isOver else { return [] }
            if case .ended = event { state.isOver = true }
            if state.seen == state.events.count || !state.events.joinLast(with: event) {
                state.events.append(event)
            }
            let (isOver, count) = (state.isOver, state.events.count)
            let watchers = state.watchers.filter { isOver || count > $0.value.count }
            for number in watchers.keys { state.watchers[number] = nil }
            return Array(watchers.values)
        }
        for watcher in watchers { watcher.continuation.resume() }
    }

    func tell(_ event: ExecutionEvent) {
        switch event {
        case .started(let stage): tell(LiveEvent.started(stage))
        case .stdout(let bytes): tell(LiveEvent.stdout(bytes))
        case .stderr(let bytes): tell(LiveEvent.stderr(bytes))
        case .finished: break
        }
    }

    /// How one that is not kept ended: its record with all files, or why there is none; `nil` before.
    package var outcome: Result<ExecutionResult, any Error>? { state.withLock { $0.outcome } }

    func settle(_ outcome: Result<ExecutionResult, any Error>) {
        guard !isKept else { return }
        state.withLock { $0.outcome = outcome }
    }

    /// The whole of one that is kept, as the database has it, once it is over; `nil` before.
    var ended: ExecutionDetails? { state.withLock { $0.ended } }

    func end(with details: ExecutionDetails) { state.withLock { $0.ended = details } }

    // MARK: Cancelling

    /// Cancels the task that runs it, now or when it gets one.
    ///
    /// What its caller cancels is over, also where the service had meant to hand it back.
    ///
    /// - Parameter handingBack: Whether it is to wait for the service's next start, instead of being over.
    package func cancel(handingBack: Bool = false) {
        state.withLock { state in
            if !state.isCancelled || !handingBack { state.isHandedBack = handingBack }
            state.isCancelled = true
            return state.task
        }?.cancel()
    }

    /// Whether it was cancelled only because the service is being stopped.
    var isHandedBack: Bool { state.withLock { $0.isHandedBack } }

    /// Whether its caller has cancelled it.
    var isCancelled: Bool { state.withLock { $0.isCancelled && !$0.isHandedBack } }

    func run(in task: Task<Void, Never>) {
        let isCancelled = state.withLock { state in
            state.task = task
            return state.isCancelled
        }
        if isCancelled { task.cancel() }
    }
}

extension [LiveEvent] {
    /// Makes one event of two pieces of one stream, while they are small; a program that writes byte by byte is not kept byte by byte.
    fileprivate mutating func joinLast(with next: LiveEvent) -> Bool {
        guard let last = popLast() else { return false }
        switch (last, next) {
        case (.stdout(var bytes), .stdout(let more)) where bytes.count < 1 << 12:
            bytes += more
            append(.stdout(bytes))
        case (.stderr(var bytes), .stderr(let more)) where bytes.count < 1 << 12:
            bytes += more
            append(.stderr(bytes))
        default:
            append(last)
            return false
        }
        return true
    }
}
