import Dispatch
import Glibc
import Sanderling
import Synchronization

/// Ctrl-C, and the other polite ways to ask a process to end.
enum Interruption {
    private static let signals = [SIGINT, SIGTERM, SIGHUP]

    /// The descriptor to write to, and whether that was done; see ``give(_:)``.
    private static let descriptor = Atomic<Int32>(-1)
    private static let isGiven = Atomic(false)
    /// Keeps the descriptor open: it must not come to mean another file.
    private static let kept = Mutex<CancellationSignal?>(nil)

    /// Gives `cancellation` on the first such signal from now on; the second ends the process at once.
    ///
    /// For a process that has no tasks; once.
    static func give(_ cancellation: CancellationSignal) {
        // Also makes both of them, which a handler could not.
        isGiven.store(false, ordering: .sequentiallyConsistent)
        kept.withLock { $0 = cancellation }
        descriptor.store(cancellation.number, ordering: .sequentiallyConsistent)
        var action = sigaction()
        action.sa_flags = SA_RESTART
        action.__sigaction_handler.sa_handler = { _ in
            // Only what signal-safety(7) allows.
            guard !Interruption.isGiven.exchange(true, ordering: .sequentiallyConsistent) else {
                _exit(ExitStatus.interrupted)
            }
            let saved = errno
            var one: UInt64 = 1
            _ = write(Interruption.descriptor.load(ordering: .sequentiallyConsistent), &one, 8)
            errno = saved
        }
        for number in signals { sigaction(number, &action, nil) }
    }

    /// Runs `body` in a task that the first such signal cancels; the second ends the process at once.
    ///
    /// Dispatch catches the signals with handlers of its own; handlers, unlike ignored signals, are not inherited by
    /// the programs that are started.
    static func cancelling<Value: Sendable>(
        _ body: @escaping @Sendable () async throws -> Value
    ) async throws -> Value {
        let task = Task { try await body() }
        let sources = signals.map { number in
            let source = DispatchSource.makeSignalSource(signal: number)
            source.setEventHandler {
                guard !task.isCancelled else { _exit(ExitStatus.interrupted) }
                task.cancel()
            }
            source.resume()
            return source
        }
        defer { for source in sources { source.cancel() } }
        return try await task.value
    }
}
