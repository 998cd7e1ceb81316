package import LaunchProtocol

/// One message on a service's local socket: a kind, a length, and that many bytes.
///
/// A connection carries one execution. The client sends a request, which is accepted or declined; from then on input goes one
/// way and output the other, and the record, or why there is none, comes last. Both ends are of one version: the request
/// begins with it. Closing the connection kills the program.
package struct LocalFrame: Sendable, Hashable {
    /// What a message means.
    package enum Kind: UInt8, Sendable, CaseIterable {
        /// Client: a ``LocalRequest``.
        case request = 1
        /// Client: more of the program's standard input.
        case input
        /// Client: the end of the program's standard input.
        case endOfInput
        /// Service: it will run; from now on it is not to be run in another way.
        case accepted
        /// Service: nothing ran and nothing will; why not, as text.
        case declined
        /// Service: the compile stage has begun.
        case compiling
        /// Service: the run stage has begun.
        case running
        /// Service: output of the stage that runs.
        case stdout
        /// Service: diagnostics of the stage that runs.
        case stderr
        /// Service: how it ended, after its output; a ``LocalEnding``.
        case ending
        /// Service: how it ended, with its output; the JSON of one result.
        case record
        /// Service: it was accepted and could not be run; a ``LocalRefusal``.
        case refused
        /// Service: it was stopped before it ended.
        case interrupted
    }

    package var kind: Kind
    package var payload: [UInt8]

    package init(_ kind: Kind, _ payload: [UInt8] = []) {
        self.kind = kind
        self.payload = payload
    }

    /// The message as it goes out.
    package var bytes: [UInt8] {
        var writer = WireWriter()
        writer.write(kind.rawValue)
        writer.write(payload)
        return writer.bytes
    }
}

/// Takes messages out of the bytes of a connection, in whatever pieces they come.
package struct LocalFrameReader {
    private static let headerSize = 5
    private let limit: Int
    private var bytes: ArraySlice<UInt8> = []

    /// A reader of messages with up to `limit` bytes.
    package init(limit: Int = .max) { self.limit = limit }

    /// Adds what has come.
    package mutating func append(_ more: [UInt8]) { bytes += more }

    /// The next message, once all of it is there.
    ///
    /// - Throws: ``/LaunchProtocol/MalformedMessage`` for a kind that there is not, or a message beyond the limit.
    package mutating func next() throws(MalformedMessage) -> LocalFrame? {
        guard bytes.count >= Self.headerSize else { return nil }
        var header = WireReader(Array(bytes.prefix(Self.headerSize)))
        let number = try header.read(UInt8.self)
        let size = Int(try header.read(UInt32.self))
        guard let kind = LocalFrame.Kind(rawValue: number), size <= limit else { throw MalformedMessage() }
        guard bytes.count - Self.headerSize >= size else { return nil }
        let payload = Array(bytes.dropFirst(Self.headerSize).prefix(size))
        bytes = ArraySlice(bytes.dropFirst(Self.headerSize + size))
        return LocalFrame(kind, payload)
    }
}
