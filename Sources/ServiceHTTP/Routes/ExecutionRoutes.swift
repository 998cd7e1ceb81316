import Foundation
import HTTPTypes
import Hummingbird
import NIOCore
import Reporting
import SandboxModel
package import Service

/// `/v1/executions`: one program each.
struct ExecutionRoutes {
    let service: ExecutionService

    func add(to group: RouterGroup<ServiceContext>) {
        group.post("executions", use: create)
        group.get("executions", use: list)
        group.get("executions/:id", use: get)
        group.delete("executions/:id", use: remove)
        group.post("executions/:id/cancel", use: cancel)
        group.get("executions/:id/submission", use: submission)
        group.get("executions/:id/events", use: events)
        group.get("executions/:id/files/**", use: file)
    }

    /// Answers when it is accepted (202), when it is over (`wait`, 201), or as it goes (`Accept: text/event-stream`).
    @Sendable private func create(_ request: Request, _ context: ServiceContext) async throws -> Response {
        let caller = try context.caller
        try caller.require(.submit)
        let wait = try Query(request).wait
        let body = try await request.json(ExecutionBody.self, service.configuration.http)
        let acceptance = try await service.submit(
            body.request,
            by: caller,
            idempotencyKey: request.headers[.idempotencyKey],
            waiting: request.wantsEvents ? .zero : min(wait, service.configuration.http.waitTime),
        )
        let id = acceptance.id
        if request.wantsEvents {
            var response = EventStream(
                service: service,
                caller: caller.reader,
                id: id,
                after: 0,
            ).response(acceptance.execution)
            if acceptance.isRepeated { response.headers[.idempotentReplay] = "true" }
            return response
        }
        var headers: HTTPFields = [.location: "/v1/executions/\(id)"]
        if acceptance.isRepeated { headers[.idempotentReplay] = "true" }
        // Who may only submit is told what became of its own submission all the same.
        let details = try await service.details(of: acceptance, for: caller.reader)
        return details.json.response(details.record.state.isFinal ? .created : .accepted, headers: headers)
    }

    @Sendable private func list(_ request: Request, _ context: ServiceContext) async throws -> Response {
        let query = Query(request)
        var filter = ExecutionFilter()
        filter.state = try query.choice("state")
        filter.verdict = try query.choice("verdict")
        filter.language = query.text("language")
        filter.label = query.text("label")
        filter.batch = try query.id("batch")
        filter.before = try query.id("before")
        filter.count = try query.count("limit", 1...200) ?? 50
        let wanted = filter.count
        // One more tells whether there is a next page.
        filter.count += 1
        let found = try await service.list(filter, for: try context.caller)
        let page = found.prefix(wanted)
        let next = found.count > wanted ? page.last?.id : nil
        let answer: JSONValue = [
            "executions": .array(page.map { .object($0.jsonMembers) }),
            "next": JSONValue(next) { .string($0.description) },
        ]
        return answer.response()
    }

    @Sendable private func get(_ request: Request, _ context: ServiceContext) async throws -> Response {
        let wait = try Query(request).wait
        return try await service.details(try context.id, for: try context.caller, waiting: wait).json
            .response()
    }

    @Sendable private func submission(_ request: Request, _ context: ServiceContext) async throws -> Response
    {
        try await service.details(try context.id, for: try context.caller).submission.json.response()
    }

    @Sendable private func cancel(_ request: Request, _ context: ServiceContext) async throws -> Response {
        let (caller, id) = (try context.caller, try context.id)
        try await service.cancel(id, by: caller)
        guard caller.scopes.contains(.read) else { return Response(status: .noContent) }
        let details = try await service.details(id, for: caller, waiting: try Query(request).wait)
        return details.json.response(details.record.state.isFinal ? .ok : .accepted)
    }

    @Sendable private func remove(_ request: Request, _ context: ServiceContext) async throws -> Response {
        try await service.remove(try context.id, by: try context.caller)
        return Response(status: .noContent)
    }

    @Sendable private func events(_ request: Request, _ context: ServiceContext) async throws -> Response {
        let (caller, id) = (try context.caller, try context.id)
        let execution = await service.live(id, of: caller)
        // Refuses before the answer has begun.
        _ = try await service.details(id, for: caller)
        return EventStream(
            service: service,
            caller: caller,
            id: id,
            after: request.lastEventID ?? 0,
        ).response(execution)
    }

    @Sendable private func file(_ request: Request, _ context: ServiceContext) async throws -> Response {
        let path = context.parameters.getCatchAll()
            .map { $0.removingPercentEncoding ?? String($0) }
            .joined(separator: "/")
        let contents = try await service.file(path, of: try context.id, for: try context.caller)
        return Response(
            status: .ok,
            headers: [
                // What a program wrote is never shown as a page of this service's.
                .contentType: "application/octet-stream", .contentDisposition: "attachment",
                .contentSecurityPolicy: "default-src 'none'; sandbox",
            ],
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: contents)),
        )
    }
}

extension Caller {
    /// The caller as one that may read: of what it brings in this very request, and of nothing else.
    package var reader: Self {
        var reader = self
        reader.scopes.insert(.read)
        return reader
    }
}

extension Request {
    /// Whether the caller asks for server-sent events.
    fileprivate var wantsEvents: Bool { headers[.accept]?.contains("text/event-stream") ?? false }

    /// The last event that the caller has; `nil` for what is the id of none.
    fileprivate var lastEventID: Int? {
        HTTPField.Name("last-event-id").flatMap { headers[$0] }.flatMap { Int($0) }
            .flatMap { (1...1_000_000_000).contains($0) ? $0 : nil }
    }
}

extension ServiceContext {
    /// The id in the path.
    ///
    /// - Throws: The same for what is no id as for one that nothing has.
    var id: ExecutionID {
        get throws(ServiceError) {
            guard let id = parameters.get("id").flatMap({ ExecutionID($0) }) else {
                throw ServiceError(.notFound, "there is no such execution")
            }
            return id
        }
    }
}
