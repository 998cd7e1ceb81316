import CLinux
public import Glibc

/// Waits for descriptors to become ready; poll(2).
public struct Poll {
    /// What is waited for and, after ``wait(milliseconds:)``, what happened.
    public private(set) var entries: [pollfd] = []

    /// Nothing to wait for yet.
    public init() {}

    /// Adds a descriptor and returns its place in ``entries``.
    ///
    /// A negative number is never ready.
    @discardableResult
    public mutating func add(_ descriptor: Int32, _ events: Int32) -> Int {
        entries.append(pollfd(fd: descriptor, events: Int16(events), revents: 0))
        return entries.count - 1
    }

    /// Waits until something is ready, at most until `deadline` on the monotonic clock; `nil` waits for ever.
    public mutating func wait(until deadline: UInt64? = nil) throws(KernelError) {
        while true {
            var left: Int64 = -1
            if let deadline {
                let now = MonotonicClock.now
                left = deadline > now ? Int64(deadline - now) : 0
            }
            let ready = sanderling_poll(&entries, entries.count, left)
            if ready >= 0 { return }
            guard ready == -EINTR else { throw KernelError(call: "ppoll", number: -ready) }
        }
    }

    /// Whether anything happened at `place`: readiness, a hang-up or an error.
    public func isReady(_ place: Int) -> Bool { entries[place].revents != 0 }
}
