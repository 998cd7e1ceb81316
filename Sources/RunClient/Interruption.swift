import Glibc
import Synchronization

/// Ctrl-C, and the other polite ways to ask a process to end.
package enum Interruption {
    package static let signals = [SIGINT, SIGTERM, SIGHUP]

    /// The descriptor to write to, and whether that was done; see ``count(in:)``.
    private static let descriptor = Atomic<Int32>(-1)
    private static let isGiven = Atomic(false)

    /// Adds one to an event counter (eventfd(2)) on the first such signal from now on; the second ends the process at once.
    ///
    /// For a process that has no tasks; once.
    ///
    /// - Parameter counter: The counter's descriptor, which stays open from now on: it must not come to mean another file.
    package static func count(in counter: Int32) {
        // Also makes both of them, which a handler could not.
        isGiven.store(false, ordering: .sequentiallyConsistent)
        descriptor.store(counter, ordering: .sequentiallyConsistent)
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
}
