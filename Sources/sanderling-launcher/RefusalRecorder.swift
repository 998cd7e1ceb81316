import Glibc
import LaunchProtocol
import LinuxKernel

/// Answers every call that the filter refuses, and remembers which they were.
final class RefusalRecorder {
    /// What to poll for the next refused call; -1 when nobody is left to make one.
    private(set) var listener: Int32
    /// Distinct calls, in the order of their first attempt.
    private(set) var calls: [RefusedCall] = []
    /// Calls of which more than the first is remembered, with other arguments; further ones are refused all the same.
    ///
    /// The first of each number that a kernel has is remembered in any case, so that none can be hidden behind others.
    private static let capacity = 64
    /// Calls that are answered at once; after these, a millisecond lies between one and the next.
    ///
    /// The time that answering takes is init's, which no limit of the program's counts.
    private static let promptAnswers = 1_000
    private var answers = 0
    /// Numbers that Linux 6.12 knows: none is negative, and those of x32 are far above.
    ///
    /// A libc newer than that probes for new calls and falls back on ENOSYS, not on EPERM.
    private static let knownNumbers: Range<Int32> = 0..<467

    /// Takes over a filter's listener.
    init(listener: consuming Descriptor) { self.listener = listener.release() }

    deinit { if listener >= 0 { close(listener) } }

    /// Takes the next refused call and answers it.
    func recordNext() {
        let descriptor = Descriptor(owning: listener)
        do {
            let call = try Seccomp.receive(from: descriptor)
            remember(call)
            let error = Self.knownNumbers.contains(call.number) ? EPERM : ENOSYS
            answers += 1
            if answers > Self.promptAnswers { usleep(1_000) }
            try Seccomp.refuse(call, with: error, listener: descriptor)
            _ = descriptor.release()
        } catch  where error.number == ENOENT || error.number == EINTR {
            // The caller died between the poll and now; unless it was the last, others go on.
            _ = descriptor.release()
            var poll = Poll()
            let place = poll.add(listener, POLLIN)
            try? poll.wait(until: MonotonicClock.now)
            if Int32(poll.entries[place].revents) & POLLHUP != 0 { abandon() }
        } catch {
            _ = descriptor.release()
            abandon()
        }
    }

    /// Closes the listener; the kernel then answers ENOSYS for whoever still waits.
    private func abandon() {
        close(listener)
        listener = -1
    }

    private func isFirst(_ call: Seccomp.Notification) -> Bool {
        Self.knownNumbers.contains(call.number)
            && !calls.contains { $0.number == call.number && $0.architecture == call.architecture }
    }

    private func remember(_ call: Seccomp.Notification) {
        let known = calls.firstIndex {
            $0.number == call.number && $0.architecture == call.architecture
                && $0.arguments[..<2] == call.arguments[..<2]
        }
        if let known {
            calls[known].count &+= 1
        } else if calls.count < Self.capacity || isFirst(call) {
            calls.append(
                RefusedCall(
                    architecture: call.architecture,
                    number: call.number,
                    arguments: call.arguments,
                    count: 1,
                )
            )
        }
    }
}
