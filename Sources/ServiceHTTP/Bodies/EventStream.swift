import Foundation
import HTTPTypes
import Hummingbird
import NIOCore
import Reporting
import SandboxModel
import Service

/// An execution told live, as server-sent events (WHATWG HTML, section 9.2).
///
/// Events are `queued`, `started`, `stdout`, `stderr` and, last, `ended` with the whole execution. Their ids count from
/// 1, so that a reader whose connection broke goes on with `Last-Event-ID` where it was. A comment comes every fifteen
/// seconds of silence. A reader that is slow is waited for as ``ReaderWatch`` has it, and one that is gone is let go; neither
/// holds the program.
struct EventStream {
    let service: ExecutionService
    let caller: Caller
    let id: ExecutionID
    /// How many events the reader has.
    let after: Int

    /// The answer that tells `execution`, or what is left of it when it has ended.
    func response(_ execution: LiveExecution?, status: HTTPResponse.Status = .ok) -> Response {
        Response(
            status: status,
            headers: [
                .contentType: "text/event-stream", .cacheControl: "no-store",
                .location: "/v1/executions/\(id)",
            ],
            body: ResponseBody { writer in
                if let execution {
                    try await tell(execution, to: &writer)
                } else {
                    try await replay(to: &writer)
                }
                try await writer.finish(nil)
            },
        )
    }

    @concurrent private func tell(_ execution: LiveExecution, to writer: inout any ResponseBodyWriter)
        async throws
    {
        var count = after
        var text = StreamText()
        var hasEnded = false
        while true {
            guard let events = await Self.events(of: execution, after: count) else {
                try await writer.write(ByteBuffer(string: ": still there\n\n"))
                continue
            }
            guard !events.isEmpty else {
                // Who had more events than there were has them of an earlier run of the same program.
                if !hasEnded { try await replay(to: &writer) }
                return
            }
            for event in events {
                if case .ended = event { hasEnded = true }
                count += 1
                try await write(event, count, &text, to: &writer)
            }
        }
    }

    /// What comes after `count` events, or `nil` when nothing has for a while.
    private static func events(of execution: LiveExecution, after count: Int) async -> [LiveEvent]? {
        await withTaskGroup(of: [LiveEvent]?.self) { group in
            group.addTask { await execution.events(after: count) }
            group.addTask {
                try? await Task.sleep(for: .seconds(15))
                return nil
            }
            defer { group.cancelAll() }
            return await group.next() ?? nil
        }
    }

    @concurrent private func write(
        _ event: LiveEvent,
        _ count: Int,
        _ text: inout StreamText,
        to writer: inout any ResponseBodyWriter,
    ) async throws {
        switch event {
        case .queued: try await write("queued", ["id": .string(id.description)], count, to: &writer)
        case .started(let stage):
            try await write("started", ["stage": .string(stage.rawValue)], count, to: &writer)
        case .stdout(let bytes):
            try await write("stdout", text.take(bytes, isError: false).json, count, to: &writer)
        case .stderr(let bytes):
            try await write("stderr", text.take(bytes, isError: true).json, count, to: &writer)
        case .ended:
            for (name, bytes) in text.rest { try await write(name, bytes.json, nil, to: &writer) }
            try await write("ended", try await service.details(id, for: caller).json, count, to: &writer)
        }
    }

    /// What there is to tell of an execution that is not live: once it has ended, its record alone.
    ///
    /// Otherwise it waits for the service's next start, and nothing more comes of it before that.
    @concurrent private func replay(to writer: inout any ResponseBodyWriter) async throws {
        let details = try await service.details(id, for: caller)
        guard details.record.state.isFinal else {
            return try await writer.write(ByteBuffer(string: ": waits for the service's next start\n\n"))
        }
        try await write("ended", details.json, after + 1, to: &writer)
    }

    @concurrent private func write(
        _ name: String,
        _ json: JSONValue,
        _ count: Int?,
        to writer: inout any ResponseBodyWriter,
    ) async throws {
        var buffer = ByteBuffer()
        if let count { buffer.writeString("id: \(count)\n") }
        buffer.writeString("event: \(name)\ndata: ")
        buffer.writeBytes(json.serialized())
        buffer.writeString("\n\n")
        try await writer.write(buffer)
    }
}
