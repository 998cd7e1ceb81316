import Glibc
import LinuxKernel

/// Moves standard input into a program's pipe without ever blocking.
struct InputPump: ~Copyable {
    private let input: StandardInput
    private var waiting: ArraySlice<UInt8>
    private var sourceHasEnded: Bool
    private let feedEvents: EventCounter

    /// A pump for `input`.
    init(_ input: StandardInput) throws(KernelError) {
        self.input = input
        feedEvents = try EventCounter()
        switch input {
        case .empty:
            waiting = []
            sourceHasEnded = true
        case .bytes(let bytes):
            waiting = bytes[...]
            sourceHasEnded = true
        case .descriptor:
            waiting = []
            sourceHasEnded = false
        case .feed(let feed):
            waiting = []
            sourceHasEnded = false
            feed.wake(feedEvents)
        }
    }

    /// What to poll: the pipe when something waits for it, the source when nothing does; -1 for neither.
    func interest(sink: Int32) -> (sink: Int32, source: Int32) {
        guard sink >= 0 else { return (-1, -1) }
        if !waiting.isEmpty || sourceHasEnded { return (sink, -1) }
        return switch input {
        case .descriptor(let number): (-1, number)
        case .feed: (-1, feedEvents.descriptor.number)
        case .empty, .bytes: (-1, -1)
        }
    }

    /// Moves what can be moved; false when the pipe has done its work.
    ///
    /// - Throws: `KernelError` when input is lost: half of it would be another input.
    mutating func move(to sink: Int32, sourceIsReady: Bool) throws(KernelError) -> Bool {
        if sourceIsReady { try refill() }
        while !waiting.isEmpty {
            let written = waiting.withUnsafeBytes { write(sink, $0.baseAddress, $0.count) }
            if written > 0 {
                waiting = waiting.dropFirst(written)
            } else if written < 0, errno == EAGAIN {
                return true
            } else if written < 0, errno == EPIPE {
                // The program does not read. That is its right.
                return false
            } else if written < 0, errno != EINTR {
                throw KernelError(call: "write", number: errno)
            }
        }
        return !sourceHasEnded
    }

    private mutating func refill() throws(KernelError) {
        switch input {
        case .descriptor(let number):
            do throws(KernelError) {
                waiting = try Descriptor.borrowing(number) { source throws(KernelError) in
                    try File.read(source)
                }[...]
            } catch {
                // One that cannot be read at all, such as a directory, or a terminal in the background, has ended.
                guard error.number != EIO || isatty(number) == 1 else { throw error }
            }
            sourceHasEnded = waiting.isEmpty
        case .feed(let feed):
            feedEvents.drain()
            // One signal may stand for the last bytes and for the end.
            let (bytes, isLast) = feed.take()
            waiting = bytes[...]
            sourceHasEnded = isLast
        case .empty, .bytes: break
        }
    }

    // However a stage ends: the counter's number is about to mean another file, which the feed must not write to.
    deinit { if case .feed(let feed) = input { feed.unwatch() } }
}
