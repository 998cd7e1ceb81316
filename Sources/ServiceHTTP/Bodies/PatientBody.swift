import HTTPTypes
import Hummingbird
import NIOCore
import SandboxModel

extension ResponseBody {
    /// The body, written piece by piece; a reader that takes no piece for as long as `patience` is let go.
    ///
    /// Otherwise one that reads nothing would hold the whole of a large answer for as long as it likes. Bodies that are made
    /// while they are written see to that themselves.
    ///
    /// - Parameters:
    ///   - channel: The connection, which is closed.
    ///   - patience: How long each piece has.
    /// - Returns: The body that is written so; the same when one piece holds it.
    func patient(on channel: any Channel, _ patience: Duration) -> ResponseBody {
        guard let contentLength, contentLength > PatientWriter.piece else { return self }
        let body = self
        return ResponseBody(contentLength: contentLength) { writer in
            try await body.write(PatientWriter(base: writer, channel: channel, patience: patience))
        }
    }
}

/// Writes in pieces, each of which has its time.
private struct PatientWriter: ResponseBodyWriter {
    /// Bytes of one; what a connection holds of an answer before it makes us wait is no more.
    static let piece = 1 << 16

    var base: any ResponseBodyWriter
    let channel: any Channel
    let patience: Duration

    @concurrent mutating func write(_ buffer: ByteBuffer) async throws {
        var rest = buffer
        while rest.readableBytes > 0, let piece = rest.readSlice(length: min(Self.piece, rest.readableBytes))
        {
            let closing = closing
            defer { closing.cancel() }
            try await base.write(piece)
        }
    }

    @concurrent consuming func finish(_ trailingHeaders: HTTPFields?) async throws {
        let closing = closing
        defer { closing.cancel() }
        try await base.finish(trailingHeaders)
    }

    private var closing: Scheduled<Void> {
        channel.eventLoop.scheduleTask(in: .nanoseconds(patience.inNanoseconds)) { [channel] in
            channel.close(promise: nil)
        }
    }
}
