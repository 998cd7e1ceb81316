import HTTPTypes
import NIOCore
import Reporting
import SandboxModel
import Service

/// `/v1/executions/socket`: the first message is a submission, the others are what its program is given.
///
/// `docs/service.md` has the messages.
struct NativeProtocol: InteractiveProtocol {
    let service: ExecutionService
    let caller: Caller

    var patience: Duration { service.configuration.http.bodyTime }
    var lateness: WebSocketClose { WebSocketClose(4_408, "no submission came") }

    func step(for message: WebSocket.Message, hasBegun: Bool) throws -> InteractiveStep {
        switch message {
        case .binary(let bytes) where hasBegun: return .input(bytes)
        case .binary:
            throw ServiceError(.invalidRequest, "the first message is the submission, which is a text")
        case .text(let text) where hasBegun:
            return try JSONBody.decode(SocketMessage.self, from: ByteBuffer(string: text)).step
        case .text(let text):
            let request = try JSONBody.decode(ExecutionBody.self, from: ByteBuffer(string: text)).request
            return .submit { request }
        }
    }

    func tell(_ execution: LiveExecution, to socket: WebSocket) async throws -> WebSocketClose {
        var text = StreamText()
        var count = 0
        while true {
            let events = await execution.events(after: count)
            guard !events.isEmpty else { return WebSocketClose(1_011) }
            count += events.count
            for event in events {
                switch event {
                case .queued: try await send("queued", ["id": .string(execution.id.description)], to: socket)
                case .started(let stage):
                    try await send("started", ["stage": .string(stage.rawValue)], to: socket)
                case .stdout(let bytes):
                    try await send("stdout", text.take(bytes, isError: false).json, to: socket)
                case .stderr(let bytes):
                    try await send("stderr", text.take(bytes, isError: true).json, to: socket)
                case .ended:
                    for (name, bytes) in text.rest { try await send(name, bytes.json, to: socket) }
                    let details = try await service.details(of: execution, for: caller.reader)
                    try await send("ended", ["execution": details.json], to: socket)
                    return WebSocketClose(1_000)
                }
            }
        }
    }

    func refusal(_ error: any Error) -> (message: [UInt8], close: WebSocketClose) {
        let problem = Problem(error)
        let status = UInt16(Problem.status(for: problem.error.code).code)
        let message: JSONValue = ["type": "problem", "problem": problem.json]
        return (message.serialized(), WebSocketClose(4_000 + status, problem.error.code.rawValue))
    }

    private func send(_ type: String, _ members: JSONValue, to socket: WebSocket) async throws {
        guard case .object(let members) = members else { return }
        try await socket.send(JSONValue.object([("type", .string(type))] + members).serialized())
    }
}

/// A message to a program that runs.
private struct SocketMessage: Decodable {
    let step: InteractiveStep

    private enum Kind: String, CaseIterable {
        case stdin, eof, signal, cancel
    }

    private enum CodingKeys: String, CodingKey, CaseIterable {
        case type, data, encoding, signal
    }

    init(from decoder: any Decoder) throws {
        let container = try decoder.strictContainer(keyedBy: CodingKeys.self)
        guard let kind = try container.choice(Kind.self, .type) else {
            throw BodyMistake(at: [CodingKeys.type], "is missing")
        }
        switch kind {
        case .stdin: step = .input(try container.bytes(.data, encoding: .encoding))
        case .eof: step = .endInput
        case .cancel: step = .cancel
        case .signal:
            let name = try container.decode(String.self, forKey: .signal)
            guard let number = signalNumber(named: name) else {
                throw BodyMistake(
                    at: [CodingKeys.signal],
                    "\(name.quoted) is not a signal",
                    mend: "write it like 'SIGINT'",
                )
            }
            step = .signal(number)
        }
    }
}
