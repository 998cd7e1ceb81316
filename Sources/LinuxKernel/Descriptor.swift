import CLinux
import Glibc

/// An open file descriptor, closed when its owner lets go of it.
///
/// See close(2). It is closed on exec unless it is placed at a number by ``place(at:)``.
public struct Descriptor: ~Copyable, Sendable {
    /// The descriptor's number, valid while the owner lives.
    public let number: Int32

    /// Takes ownership of an open descriptor.
    public init(owning number: Int32) { self.number = number }

    deinit { _ = sanderling_close(number) }

    /// Lends the descriptor `number`, which somebody else owns, for the length of `body`.
    public static func borrowing<Result, Failure: Error>(
        _ number: Int32,
        _ body: (borrowing Descriptor) throws(Failure) -> Result,
    ) throws(Failure) -> Result {
        let descriptor = Descriptor(owning: number)
        do throws(Failure) {
            let result = try body(descriptor)
            _ = descriptor.release()
            return result
        } catch {
            _ = descriptor.release()
            throw error
        }
    }

    /// Closes the descriptor now.
    public consuming func close() {}

    /// Gives ownership up without closing.
    public consuming func release() -> Int32 {
        let number = number
        discard self
        return number
    }

    /// Makes the descriptor available as `target`, open across exec.
    ///
    /// The corresponding system call is `dup2`.
    public borrowing func place(at target: Int32) throws(KernelError) {
        try checked(sanderling_place_descriptor(number, target), "dup2")
    }

    /// A second descriptor of the same open file.
    ///
    /// The corresponding system call is `fcntl` with `F_DUPFD_CLOEXEC`.
    public borrowing func duplicate() throws(KernelError) -> Descriptor {
        Descriptor(owning: try checked(sanderling_duplicate_above(number, 3), "fcntl"))
    }

    /// A second descriptor of the same open file, with a number above `number`.
    ///
    /// The corresponding system call is `fcntl` with `F_DUPFD_CLOEXEC`.
    public borrowing func duplicate(above number: Int32) throws(KernelError) -> Descriptor {
        Descriptor(owning: try checked(sanderling_duplicate_above(self.number, number + 1), "fcntl"))
    }

    /// Makes reads and writes return at once; `O_NONBLOCK` of fcntl(2).
    public borrowing func setNonblocking() throws(KernelError) {
        try checked(sanderling_set_nonblocking(number), "fcntl")
    }
}

/// A pipe's two ends, closed on exec.
///
/// The corresponding system call is `pipe2`. Requires Linux 2.6.27.
@frozen
public struct Pipe: ~Copyable {
    /// Where what was written comes out.
    public var readEnd: Descriptor
    /// Where to write.
    public var writeEnd: Descriptor

    /// A new pipe.
    public init() throws(KernelError) {
        var ends: (Int32, Int32) = (-1, -1)
        try checked(sanderling_pipe(&ends.0, &ends.1), "pipe2")
        readEnd = Descriptor(owning: ends.0)
        writeEnd = Descriptor(owning: ends.1)
    }
}

/// A counter that wakes whoever polls it; eventfd(2).
///
/// Requires Linux 2.6.27.
public struct EventCounter: ~Copyable, Sendable {
    /// What to poll for reading.
    public let descriptor: Descriptor

    /// A counter at zero.
    public init() throws(KernelError) {
        descriptor = Descriptor(owning: try checked(sanderling_eventfd(), "eventfd"))
    }

    /// Adds one, which makes the descriptor readable.
    public borrowing func signal() {
        var one: UInt64 = 1
        // Fails only when the counter would overflow, and then it is readable already.
        _ = write(descriptor.number, &one, 8)
    }

    /// Whether one has been added since the count was last taken.
    public var isSignalled: Bool {
        var poller = pollfd(fd: descriptor.number, events: Int16(POLLIN), revents: 0)
        return poll(&poller, 1, 0) == 1
    }

    /// Takes the count, after which the descriptor is not readable.
    public borrowing func drain() {
        var count: UInt64 = 0
        _ = read(descriptor.number, &count, 8)
    }
}
