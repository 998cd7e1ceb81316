import CLinux
import Glibc

/// A connection that carries whole messages and descriptors between two processes; unix(7), `SOCK_SEQPACKET`.
public struct MessageSocket: ~Copyable, Sendable {
    /// The socket's descriptor, to poll.
    public let descriptor: Descriptor

    /// Takes over a connected socket.
    public init(_ descriptor: consuming Descriptor) { self.descriptor = descriptor }

    /// Lends the socket `number`, which somebody else owns, for the length of `body`.
    public static func borrowing<Result, Failure: Error>(
        _ number: Int32,
        _ body: (borrowing MessageSocket) throws(Failure) -> Result,
    ) throws(Failure) -> Result {
        let socket = MessageSocket(Descriptor(owning: number))
        do throws(Failure) {
            let result = try body(socket)
            _ = socket.release()
            return result
        } catch {
            _ = socket.release()
            throw error
        }
    }

    /// Gives the descriptor up without closing it.
    public consuming func release() -> Int32 { descriptor.release() }

    /// Two connected ends, closed on exec.
    @frozen
    public struct Pair: ~Copyable {
        /// One end.
        public var first: Descriptor
        /// The other end.
        public var second: Descriptor

        /// A new connection.
        public init() throws(KernelError) {
            var ends: (Int32, Int32) = (-1, -1)
            try checked(sanderling_socketpair(&ends.0, &ends.1), "socketpair")
            first = Descriptor(owning: ends.0)
            second = Descriptor(owning: ends.1)
        }
    }

    /// The largest message that travels in the socket's own memory, in bytes; larger ones go in a sealed memory file.
    private static let inlineLimit = 100_000
    /// Room for one message; below the size at which malloc(3) maps new memory for it each time.
    private static let capacity = inlineLimit + 1

    /// How a message travels, as its first byte says.
    private enum Form {
        static let inline: UInt8 = 0
        /// The message is the contents of the last descriptor.
        static let file: UInt8 = 1
    }

    /// Sends one message with descriptors, at most 63 of them.
    public borrowing func send(_ message: [UInt8], descriptors: [Int32] = []) throws(KernelError) {
        guard message.count > Self.inlineLimit else {
            return try sendOne([Form.inline] + message, descriptors)
        }
        let file = try MemoryFile.sealed(name: "message", contents: message)
        try sendOne([Form.file], descriptors + [file.number])
    }

    private borrowing func sendOne(_ message: [UInt8], _ descriptors: [Int32]) throws(KernelError) {
        let sent = message.withUnsafeBytes { bytes in
            descriptors.withUnsafeBufferPointer { numbers in
                sanderling_send(
                    descriptor.number,
                    bytes.baseAddress,
                    bytes.count,
                    numbers.baseAddress,
                    numbers.count,
                )
            }
        }
        try checked(sent, "sendmsg")
    }

    /// Has `receive` wait no longer than this many seconds, at least one, and then fail with `EAGAIN`; socket(7), `SO_RCVTIMEO`.
    public borrowing func limitWait(seconds: Int) throws(KernelError) {
        precondition(seconds > 0, "to the kernel, 0 is no limit")
        var limit = timeval(tv_sec: seconds, tv_usec: 0)
        let size = socklen_t(MemoryLayout<timeval>.size)
        guard setsockopt(descriptor.number, SOL_SOCKET, SO_RCVTIMEO, &limit, size) == 0 else {
            throw KernelError(call: "setsockopt", number: errno)
        }
    }

    /// Whether nobody is at the other end, and there is nothing left to read; recv(2), `MSG_PEEK`.
    public var hasHungUp: Bool {
        var byte: UInt8 = 0
        var count = recv(descriptor.number, &byte, 1, Int32(MSG_PEEK | MSG_DONTWAIT))
        // Told once, and before what there is to read.
        if count < 0, errno == ECONNRESET {
            count = recv(descriptor.number, &byte, 1, Int32(MSG_PEEK | MSG_DONTWAIT))
        }
        return count == 0 || count < 0 && errno == ECONNRESET
    }

    /// A message with its descriptors, which the caller owns.
    public struct Received: Sendable {
        /// The message's bytes; empty when the other side has closed.
        public let bytes: [UInt8]
        /// Numbers of the descriptors that came with it; none when this process had no room for all of them.
        public let descriptors: [Int32]
    }

    /// Receives one message.
    ///
    /// Without `wait`, `nil` when there is none. With it, it takes as long as it takes, unless ``limitWait(seconds:)`` says.
    public borrowing func receive(wait: Bool = true) throws(KernelError) -> Received? {
        do throws(KernelError) {
            return try receiveOne(wait: wait)
        } catch  where error.number == ECONNRESET {
            // The other side has closed before it read all that was sent to it. That is told once, and before what it had said itself.
            do throws(KernelError) {
                return try receiveOne(wait: wait)
            } catch  where error.number == ECONNRESET {
                return Received(bytes: [], descriptors: [])
            }
        }
    }

    private borrowing func receiveOne(wait: Bool) throws(KernelError) -> Received? {
        var numbers = [Int32](repeating: -1, count: Int(SANDERLING_MAX_DESCRIPTORS))
        var numberCount = 0
        var result = 0
        let bytes = [UInt8](unsafeUninitializedCapacity: Self.capacity) { buffer, count in
            result = sanderling_receive(
                descriptor.number,
                buffer.baseAddress,
                Self.capacity,
                &numbers,
                &numberCount,
                wait ? 1 : 0,
            )
            count = max(0, result)
        }
        if result == -11 && !wait { return nil }
        try checked(result, "recvmsg")
        guard let form = bytes.first else { return Received(bytes: [], descriptors: []) }
        let descriptors = Array(numbers[..<numberCount])
        if form == Form.inline { return Received(bytes: Array(bytes.dropFirst()), descriptors: descriptors) }
        guard let last = descriptors.last else { throw KernelError(call: "recvmsg", number: 24) }
        let file = Descriptor(owning: last)
        let contents = try File.contents(of: file, limit: 1 << 30)
        return Received(bytes: contents, descriptors: Array(descriptors.dropLast()))
    }
}
