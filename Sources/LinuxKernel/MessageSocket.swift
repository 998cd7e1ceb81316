import CLinux

/// A connection that carries whole messages and descriptors between two processes; unix(7), `SOCK_SEQPACKET`.
public struct MessageSocket: ~Copyable, Sendable {
    /// The socket's descriptor, to poll.
    public let descriptor: Descriptor

    /// Takes over a connected socket.
    public init(_ descriptor: consuming Descriptor) { self.descriptor = descriptor }

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

    /// Sends one message with descriptors, at most 64 of them.
    public borrowing func send(_ message: [UInt8], descriptors: [Int32] = []) throws(KernelError) {
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

    /// The largest message that ``receive(wait:)`` takes, in bytes.
    public static let capacity = 131_072

    /// A message with its descriptors, which the caller owns.
    public struct Received: Sendable {
        /// The message's bytes; empty when the other side has closed.
        public let bytes: [UInt8]
        /// Numbers of the descriptors that came with it.
        public let descriptors: [Int32]
    }

    /// Receives one message.
    ///
    /// Without `wait`, `nil` when there is none.
    public borrowing func receive(wait: Bool = true) throws(KernelError) -> Received? {
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
        if result == -104 { return Received(bytes: [], descriptors: []) }
        try checked(result, "recvmsg")
        return Received(bytes: bytes, descriptors: Array(numbers[..<numberCount]))
    }
}
