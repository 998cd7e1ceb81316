import HTTPTypes
import Hummingbird
import Reporting
import SandboxModel
import Service

/// `/v1/batches`: executions that are accepted together, all or none.
struct BatchRoutes {
    let service: ExecutionService

    func add(to group: RouterGroup<ServiceContext>) {
        group.post("batches", use: create)
        group.get("batches/:id", use: get)
        group.post("batches/:id/cancel", use: cancel)
    }

    @Sendable private func create(_ request: Request, _ context: ServiceContext) async throws -> Response {
        let caller = try context.caller
        try caller.require(.submit)
        let wait = try Query(request).wait
        let body = try await request.json(BatchBody.self, service.configuration.http)
        let batch = try await service.submit(
            batch: body.requests,
            by: caller,
            idempotencyKey: request.headers[.idempotencyKey],
        )
        let patience = min(wait, service.configuration.http.waitTime)
        if patience > .zero { await ExecutionService.end(of: batch.executions, within: patience) }
        let records = try await service.batch(batch.id, for: caller.reader)
        let isOver = records.allSatisfy(\.state.isFinal)
        var headers: HTTPFields = [.location: "/v1/batches/\(batch.id)"]
        if batch.isRepeated { headers[.idempotentReplay] = "true" }
        return Self.json(batch.id, records).response(isOver ? .created : .accepted, headers: headers)
    }

    @Sendable private func get(_ request: Request, _ context: ServiceContext) async throws -> Response {
        let id = try context.id
        return Self.json(id, try await service.batch(id, for: try context.caller)).response()
    }

    @Sendable private func cancel(_ request: Request, _ context: ServiceContext) async throws -> Response {
        let (caller, id) = (try context.caller, try context.id)
        for record in try await service.batch(id, for: caller.reader) where !record.state.isFinal {
            try await service.cancel(record.id, by: caller)
        }
        guard caller.scopes.contains(.read) else { return Response(status: .noContent) }
        return Self.json(id, try await service.batch(id, for: caller)).response(.accepted)
    }

    private static func json(_ id: ExecutionID, _ records: [ExecutionRecord]) -> JSONValue {
        let counts = ExecutionState.allCases.map { state in
            (key: state.rawValue, value: JSONValue.integer(records.count { $0.state == state }))
        }
        return [
            "id": .string(id.description), "states": .object(counts),
            "executions": .array(records.map { .object($0.jsonMembers) }),
        ]
    }
}
