import Foundation
import Glibc
import Languages
import LaunchProtocol
import LocalProtocol
import NIOCore
import Reporting
import SandboxModel
import Service

/// One connection of the local socket: one program.
struct LocalSession {
    /// How long a request is waited for, and how long the client may take to close once it has been told everything.
    private static let patience: TimeAmount = .seconds(10)

    let service: ExecutionService
    let channel: any Channel
    let user: uid_t
    let version: String

    /// Takes the request, and carries it out or declines it.
    ///
    /// - Throws: An error when the connection is closed early or the other end does not keep to the protocol.
    func run(
        _ inbound: NIOAsyncChannelInboundStream<ByteBuffer>,
        _ outbound: NIOAsyncChannelOutboundWriter<ByteBuffer>,
    ) async throws {
        var incoming = LocalFrameIterator(inbound, limit: service.configuration.http.bodySize.bytes)
        let deadline = closing()
        guard let first = try await incoming.next(), first.kind == .request else { throw MalformedMessage() }
        deadline.cancel()
        let interaction = Interaction()
        let execution: LiveExecution
        let request: LocalRequest
        do {
            request = try self.request(first.payload)
            execution = try await service.attend(
                request.program,
                policy: request.policy,
                limits: request.limits,
                compileLimits: request.compileLimits,
                by: Caller(name: "uid-\(user)", scopes: [.submit]),
                interaction: interaction,
            )
        } catch let error as ServiceError {
            try await outbound.send(LocalFrame(.declined, Array(error.description.utf8)))
            return await leave(&incoming)
        }
        // The program does not outlive the connection, also while nobody reads from that.
        channel.closeFuture.whenComplete { _ in execution.cancel() }
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                try await outbound.send(LocalFrame(.accepted))
                try await Self.tell(of: execution, streaming: request.streams, to: outbound)
                _ = closing()
            }
            defer { execution.cancel() }
            while let frame = try await incoming.next() {
                switch frame.kind {
                case .input: try await interaction.write(frame.payload)
                case .endOfInput: interaction.endInput()
                default: throw MalformedMessage()
                }
            }
        }
    }

    /// The request, when it is one that this service understands as the client does.
    private func request(_ bytes: [UInt8]) throws -> LocalRequest {
        guard let theirs = LocalRequest.version(of: bytes), theirs == version else {
            throw ServiceError(.conflict, "this service is of version \(version)")
        }
        var request = try LocalRequest(wireBytes: bytes)
        guard request.definitions == service.languages.ownDirectories else {
            throw ServiceError(.conflict, "this service has other language definitions")
        }
        guard let file = request.file else { return request }
        do {
            let named = request.program.language
            let language =
                named.isEmpty
                ? try service.languages.language(ofFile: file, source: request.program.source)
                : try service.languages.definition(named: named)
            guard let language else {
                throw ServiceError(.unknownLanguage, "the file does not say what language it is in")
            }
            request.program.language = language.name
            request.program.sourceName = language.sourceName(ofFile: file)
        } catch let error as SandboxError {
            throw ServiceError(error)
        }
        return request
    }

    /// Closes the connection after a while.
    private func closing() -> Scheduled<Void> {
        channel.eventLoop.scheduleTask(in: Self.patience) { channel.close(promise: nil) }
    }

    /// Waits until the client, who has been told everything, closes.
    private func leave(_ incoming: inout LocalFrameIterator) async {
        let deadline = closing()
        while let frame = try? await incoming.next() { _ = frame }
        deadline.cancel()
    }

    /// Tells an execution from its beginning to its end.
    private static func tell(
        of execution: LiveExecution,
        streaming: Bool,
        to outbound: NIOAsyncChannelOutboundWriter<ByteBuffer>,
    ) async throws {
        var count = 0
        while true {
            let events = await execution.events(after: count)
            guard !events.isEmpty else { return }
            count += events.count
            for event in events {
                switch event {
                case .started(let stage):
                    try await outbound.send(LocalFrame(stage == .compile ? .compiling : .running))
                case .stdout(let bytes) where streaming:
                    try await outbound.send(LocalFrame(.stdout, bytes))
                case .stderr(let bytes) where streaming:
                    try await outbound.send(LocalFrame(.stderr, bytes))
                case .ended: return try await outbound.send(ending(execution.outcome, streaming: streaming))
                default: continue
                }
            }
        }
    }

    private static func ending(
        _ outcome: Result<ExecutionResult, any Error>?,
        streaming: Bool,
    ) -> LocalFrame {
        switch outcome {
        case .success(let result):
            return streaming
                ? LocalFrame(.ending, LocalEnding(result).wireBytes)
                : LocalFrame(.record, Array(ResultJSON.encode(result)))
        case .failure(let error as SandboxError):
            let refusal = LocalRefusal(code: error.code.rawValue, message: error.message, mend: error.mend)
            return LocalFrame(.refused, refusal.wireBytes)
        case .failure(is CancellationError), nil: return LocalFrame(.interrupted)
        case .failure(let error):
            let code = SandboxError.Code.internal.rawValue
            return LocalFrame(.refused, LocalRefusal(code: code, message: "\(error)", mend: nil).wireBytes)
        }
    }
}

/// The messages that come in on a connection.
struct LocalFrameIterator {
    private var buffers: NIOAsyncChannelInboundStream<ByteBuffer>.AsyncIterator
    private var reader: LocalFrameReader

    init(_ inbound: NIOAsyncChannelInboundStream<ByteBuffer>, limit: Int) {
        buffers = inbound.makeAsyncIterator()
        reader = LocalFrameReader(limit: limit)
    }

    /// The next message, or `nil` once the other end has closed.
    mutating func next() async throws -> LocalFrame? {
        while true {
            if let frame = try reader.next() { return frame }
            guard let buffer = try await buffers.next(isolation: #isolation) else { return nil }
            reader.append(Array(buffer.readableBytesView))
        }
    }
}

extension NIOAsyncChannelOutboundWriter<ByteBuffer> {
    /// Sends a message; waits while the other end reads slowly.
    fileprivate func send(_ frame: LocalFrame) async throws {
        try await write(ByteBuffer(bytes: frame.bytes))
    }
}
