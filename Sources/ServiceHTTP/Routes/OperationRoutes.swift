import Foundation
import HTTPTypes
import Hummingbird
import NIOCore
import Reporting
import SandboxModel
import Service

/// `/health`, `/ready`, `/version` and `/metrics`: for those who run the service.
struct OperationRoutes {
    let service: ExecutionService
    let metrics: PrometheusRegistry
    let version: String

    /// Routes that need no key: they tell nothing of anyone's programs.
    func addOpen(to group: RouterGroup<ServiceContext>) {
        group.get("health", use: health)
        group.get("ready", use: ready)
        group.get("version", use: versions)
        group.get("metrics", use: exposition)
    }

    /// Runs a program; 200 when it did as it should.
    @Sendable private func health(_ request: Request, _ context: ServiceContext) async throws -> Response {
        let report = await service.healthReport()
        let answer: JSONValue = [
            "healthy": .bool(report.isHealthy), "problem": JSONValue(report.problem, JSONValue.string),
            "language": JSONValue(report.language, JSONValue.string), "time": .seconds(report.time),
            "enforcement": JSONValue(report.isolation) { .string($0.enforcement.rawValue) },
            "missing": .array(report.isolation?.missing.map { .string($0.rawValue) } ?? []),
            "at": .time(report.at),
        ]
        return answer.response(report.isHealthy ? .ok : .serviceUnavailable)
    }

    @Sendable private func ready(_ request: Request, _ context: ServiceContext) async throws -> Response {
        let problem = await service.unreadiness()
        let answer: JSONValue = [
            "ready": .bool(problem == nil), "problem": JSONValue(problem, JSONValue.string),
        ]
        return answer.response(problem == nil ? .ok : .serviceUnavailable)
    }

    @Sendable private func versions(_ request: Request, _ context: ServiceContext) async throws -> Response {
        let answer: JSONValue = ["name": "sanderling", "version": .string(version), "api": "v1"]
        return answer.response()
    }

    /// Figures of all callers together: for an admin's key, the operator's token, or the one caller of a service without
    /// keys.
    @Sendable private func exposition(_ request: Request, _ context: ServiceContext) async throws -> Response
    {
        let secret = request.headers[.authorization].map { CallerMiddleware.secret(in: $0) }
        if !Self.isEqual(secret, service.configuration.metricsToken) {
            try service.caller(with: secret).require(.admin)
        }
        service.tellPool()
        return Response(
            status: .ok,
            headers: [.contentType: "text/plain; version=0.0.4; charset=utf-8"],
            body: ResponseBody(byteBuffer: ByteBuffer(string: metrics.text)),
        )
    }

    /// Compares digests, whose comparison tells nothing of the secret by the time it takes.
    private static func isEqual(_ given: String?, _ wanted: String?) -> Bool {
        guard let given, let wanted else { return false }
        return APIKey.digest(of: given) == APIKey.digest(of: wanted)
    }
}
