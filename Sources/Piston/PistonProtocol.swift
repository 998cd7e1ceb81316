import NIOCore
import Reporting
import SandboxModel
import Service
import ServiceHTTP

/// Piston's messages on `/api/v2/connect`.
///
/// Signals reach the program, and `{"type": "eof"}`, which Piston does not have, ends its standard input.
struct PistonProtocol: InteractiveProtocol {
    let service: ExecutionService
    let caller: Caller
    let runtimes: PistonRuntimes

    var patience: Duration { .seconds(1) }
    var lateness: WebSocketClose { WebSocketClose(4_001, "Initialization Timeout") }

    func step(for message: WebSocket.Message, hasBegun: Bool) async throws -> InteractiveStep {
        let text =
            switch message {
            case .text(let text): ByteBuffer(string: text)
            case .binary(let bytes): ByteBuffer(bytes: bytes)
            }
        guard let body = try LooseJSON(message: text) else {
            throw ServiceError(.invalidRequest, "the message is not JSON")
        }
        switch (body["type"].text, hasBegun) {
        case ("init", false):
            return .submit { try await PistonJob(body, by: caller, runtimes, service).interactive }
        case ("init", true): return .leave(WebSocketClose(4_000, "Already Initialized"))
        case ("data", false), ("signal", false), ("eof", false):
            return .leave(WebSocketClose(4_003, "Not yet initialized"))
        case ("data", true):
            guard body["stream"] == .string("stdin") else {
                return .leave(WebSocketClose(4_004, "Can only write to stdin"))
            }
            return .input(Array((body["data"].text ?? "").utf8))
        case ("signal", true):
            guard let number = signalNumber(named: body["signal"].text ?? "") else {
                return .leave(WebSocketClose(4_005, "Invalid signal"))
            }
            return .signal(number)
        case ("eof", true): return .endInput
        default: return .nothing
        }
    }

    func tell(_ execution: LiveExecution, to socket: WebSocket) async throws -> WebSocketClose {
        let record = try await service.details(of: execution, for: caller.reader).record
        if let runtime = await runtimes.runtime(named: record.language) {
            let message: JSONValue = [
                "type": "runtime", "language": .string(runtime.language),
                "version": .string(runtime.version.description),
            ]
            try await socket.send(message.serialized())
        }
        var teller = Teller(socket: socket)
        var count = 0
        while true {
            let events = await execution.events(after: count)
            guard !events.isEmpty else { return WebSocketClose(1_011) }
            count += events.count
            for event in events {
                guard case .ended = event else {
                    try await teller.tell(event)
                    continue
                }
                do {
                    let details = try await service.details(of: execution, for: caller.reader)
                    try await teller.end(try PistonResult(details))
                    return WebSocketClose(4_999, "Job Completed")
                } catch let error as ServiceError {
                    let refusal = refusal(error)
                    try await socket.send(refusal.message)
                    return refusal.close
                }
            }
        }
    }

    func refusal(_ error: any Error) -> (message: [UInt8], close: WebSocketClose) {
        let text = (error as? ServiceError)?.description ?? "the service failed; its log says more"
        let message: JSONValue = ["type": "error", "message": .string(text)]
        return (message.serialized(), WebSocketClose(4_002, "Notified Error"))
    }

    /// Tells a job's events one after the other.
    private struct Teller {
        let socket: WebSocket
        private var stage: Stage?
        private var text = StreamText()

        init(socket: WebSocket) { self.socket = socket }

        mutating func tell(_ event: LiveEvent) async throws {
            switch event {
            case .queued, .ended: break
            case .started(let next):
                // Of several commands that compile, each begins; to Piston they are one stage.
                guard next != stage else { return }
                if stage == .compile { try await exit(.compile, code: 0, signal: nil) }
                stage = next
                try await send(["type": "stage", "stage": .string(next.rawValue)])
            case .stdout(let bytes): try await data("stdout", text.take(bytes, isError: false))
            case .stderr(let bytes): try await data("stderr", text.take(bytes, isError: true))
            }
        }

        mutating func end(_ result: PistonResult) async throws {
            for (name, bytes) in text.rest { try await data(name, bytes) }
            if let run = result.run {
                if stage == nil { try await tell(.started(.run)) }
                return try await exit(.run, code: run.code, signal: run.signal, run.message, result.ours)
            }
            guard let compile = result.compile else { return }
            if stage == nil { try await tell(.started(.compile)) }
            try await data("stdout", compile.stdout)
            try await data("stderr", compile.stderr)
            try await exit(
                .compile,
                code: compile.code,
                signal: compile.signal,
                compile.message,
                result.ours,
            )
        }

        private func data(_ stream: String, _ bytes: [UInt8]) async throws {
            guard !bytes.isEmpty else { return }
            let text = String(decoding: bytes, as: UTF8.self)
            try await send(["type": "data", "stream": .string(stream), "data": .string(text)])
        }

        private func exit(
            _ stage: Stage,
            code: Int32?,
            signal: String?,
            _ message: String? = nil,
            _ ours: JSONValue? = nil,
        ) async throws {
            var members: [(key: String, value: JSONValue)] = [
                ("type", "exit"), ("stage", .string(stage.rawValue)),
                ("code", JSONValue(code) { .integer(Int($0)) }),
                ("signal", JSONValue(signal, JSONValue.string)),
            ]
            if let message { members.append(("message", .string(message))) }
            if let ours { members.append(("sanderling", ours)) }
            try await send(.object(members))
        }

        private func send(_ message: JSONValue) async throws { try await socket.send(message.serialized()) }
    }
}
