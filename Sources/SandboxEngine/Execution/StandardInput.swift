import Glibc
import LinuxKernel
import Synchronization

/// What a program reads from its standard input.
///
/// It always reaches the program through a pipe: no descriptor of the caller's goes in.
public enum StandardInput: Sendable {
    /// Nothing: the end of the file at once. The default.
    case empty
    /// These bytes.
    case bytes([UInt8])
    /// What an open descriptor of the caller's gives, read as the program wants it; it stays the caller's and open.
    case descriptor(Int32)
    /// What an asynchronous sequence gives, as it comes.
    case feed(StandardInputFeed)

    /// Lets the source go, when the program is over before it is or never started.
    package func abandon() { if case .feed(let feed) = self { feed.abandon() } }

    /// The text, as UTF-8.
    public static func text(_ text: String) -> Self { .bytes(Array(text.utf8)) }

    /// The chunks of `sequence`, which ends the input when it ends or fails.
    ///
    /// At most a mebibyte waits for the program; beyond that the sequence is not asked for more.
    public static func sequence<Chunks: AsyncSequence & Sendable>(_ sequence: Chunks) -> Self
    where Chunks.Element == [UInt8] {
        let feed = StandardInputFeed()
        feed.task.withLock { task in
            task = Task {
                do {
                    for try await chunk in sequence { try await feed.append(chunk) }
                } catch {
                    // A sequence that fails has nothing more to give.
                }
                feed.finish()
            }
        }
        return .feed(feed)
    }
}

/// Chunks on their way from an asynchronous sequence to a program.
public final class StandardInputFeed: Sendable {
    private struct State {
        var waiting: [UInt8] = []
        var isFinished = false
        var isAbandoned = false
        var producer: CheckedContinuation<Void, Never>?
    }

    private static let capacity = 1 << 20
    private let state = Mutex(State())
    private let changed = Mutex<Int32>(-1)
    fileprivate let task = Mutex<Task<Void, Never>?>(nil)

    /// A feed without a sequence: whoever made it calls ``append(_:)`` and ``finish()``.
    package init() {}

    /// Tells `counter` of every change from now on.
    func wake(_ counter: borrowing EventCounter) {
        changed.withLock { $0 = counter.descriptor.number }
        counter.signal()
    }

    /// Takes what waits, and whether it is the last that will come.
    func take() -> (bytes: [UInt8], isLast: Bool) {
        let (taken, producer) = state.withLock { state in
            defer { (state.waiting, state.producer) = ([], nil) }
            return ((bytes: state.waiting, isLast: state.isFinished), state.producer)
        }
        producer?.resume()
        return taken
    }

    /// Tells nobody any more.
    func unwatch() { changed.withLock { $0 = -1 } }

    /// Ends the producer: nobody reads any more.
    package func abandon() {
        unwatch()
        task.withLock { $0?.cancel() }
        state.withLock { $0.isAbandoned = true }
        _ = take()
    }

    /// Adds to what the program reads, and waits while a mebibyte waits for it; what nobody reads any more is dropped.
    package func append(_ chunk: [UInt8]) async throws {
        try Task.checkCancellation()
        let isFull = state.withLock { state in
            guard !state.isAbandoned else { return false }
            state.waiting += chunk
            return state.waiting.count >= Self.capacity
        }
        signal()
        guard isFull else { return }
        await withCheckedContinuation { continuation in
            let isFull = state.withLock { state in
                guard state.waiting.count >= Self.capacity, !state.isAbandoned else { return false }
                state.producer = continuation
                return true
            }
            if !isFull { continuation.resume() }
        }
        try Task.checkCancellation()
    }

    /// Ends the program's input.
    package func finish() {
        state.withLock { $0.isFinished = true }
        signal()
    }

    private func signal() {
        changed.withLock { number in
            var one: UInt64 = 1
            if number >= 0 { _ = write(number, &one, 8) }
        }
    }
}
