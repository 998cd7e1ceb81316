import Glibc
import LaunchProtocol
import LinuxKernel
import LocalProtocol

/// What goes to a service and what comes from it on one connection, none of them waiting for the other.
struct LocalExchange: ~Copyable {
    private static let piece = 1 << 16

    private let connection: Descriptor
    private let cancellation: Int32
    private var reader = LocalFrameReader()
    private var outgoing: ArraySlice<UInt8> = []
    private var input: LocalInput
    private var isGivingInput = false

    /// An exchange over `connection`, which ends when the descriptor `cancellation` becomes readable.
    init(
        _ connection: consuming Descriptor,
        input: LocalInput,
        until cancellation: Int32,
    ) throws(KernelError) {
        try connection.setNonblocking()
        self.connection = connection
        self.input = input
        self.cancellation = cancellation
    }

    /// Sends a message, once the connection takes it.
    mutating func send(_ frame: LocalFrame) { outgoing += frame.bytes }

    /// Begins to read the input: before, it may still be somebody else's.
    mutating func beginInput() { isGivingInput = true }

    /// The next message from the service; `nil` when the exchange was cancelled.
    ///
    /// - Throws: `KernelError`, with `ECONNRESET` when the service has gone; ``/SandboxModel/SandboxError`` when input is lost.
    mutating func next() throws -> LocalFrame? {
        while true {
            if let frame = try reader.next() { return frame }
            if isGivingInput, outgoing.isEmpty, let bytes = input.next() { give(bytes) }
            var poll = Poll()
            poll.add(connection.number, outgoing.isEmpty ? POLLIN : POLLIN | POLLOUT)
            let cancelled = poll.add(cancellation, POLLIN)
            let readable = poll.add(isGivingInput && outgoing.isEmpty ? input.descriptor : -1, POLLIN)
            try poll.wait()
            if poll.isReady(cancelled) { return nil }
            if !outgoing.isEmpty { try flush() }
            try receive()
            if poll.isReady(readable), let bytes = try input.read(Self.piece) { give(bytes) }
        }
    }

    private mutating func give(_ bytes: [UInt8]) {
        send(bytes.isEmpty ? LocalFrame(.endOfInput) : LocalFrame(.input, bytes))
    }

    private mutating func flush() throws(KernelError) {
        let sent = outgoing.withUnsafeBytes {
            Glibc.send(connection.number, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
        }
        let number = errno
        if sent >= 0 {
            outgoing = sent == outgoing.count ? [] : outgoing.dropFirst(sent)
        } else if number != EAGAIN, number != EINTR, number != EPIPE {
            // At a broken pipe, what the service said last is still to be read.
            throw KernelError(call: "send", number: number)
        } else if number == EPIPE {
            outgoing = []
            isGivingInput = false
        }
    }

    private mutating func receive() throws(KernelError) {
        var (count, number) = (0, ECONNRESET)
        let bytes = [UInt8](unsafeUninitializedCapacity: Self.piece) { buffer, initialized in
            count = recv(connection.number, buffer.baseAddress, buffer.count, 0)
            if count < 0 { number = errno }
            initialized = max(0, count)
        }
        if count > 0 {
            reader.append(bytes)
        } else if number != EAGAIN, number != EINTR {
            throw KernelError(call: "recv", number: number)
        }
    }
}
