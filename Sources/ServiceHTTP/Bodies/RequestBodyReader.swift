package import Hummingbird
package import NIOCore
import SandboxModel
package import Service

extension Request {
    /// The request's body, when it is as small and comes as soon as the operator wants.
    ///
    /// - Throws: ``/Service/ServiceError``: `tooLarge`, `requestTimeout`, `invalidRequest` for one that breaks off.
    package func boundedBody(_ http: ServiceConfiguration.HTTP) async throws -> ByteBuffer {
        let bound = http.bodySize
        let tooLarge = ServiceError(
            .tooLarge,
            "the body is larger than \(bound.written), which is all that is taken",
        )
        if let length = headers[.contentLength].flatMap(Int.init), length > bound.bytes { throw tooLarge }
        // A small one is there already, and no other thread is woken for it.
        let collecting = Task.immediate { [body] in try await body.collect(upTo: bound.bytes) }
        let deadline = Deadline(at: .now + http.bodyTime) { collecting.cancel() }
        defer { deadline.cancel() }
        let collected = await withTaskCancellationHandler {
            await collecting.result
        } onCancel: {
            collecting.cancel()
        }
        guard !deadline.hasPassed else {
            throw ServiceError(.requestTimeout, "the body did not come within \(http.bodyTime.written)")
        }
        do {
            return try collected.get()
        } catch is NIOTooManyBytesError {
            throw tooLarge
        } catch {
            // Its caller has gone, or sent what is no body: nothing of ours failed.
            throw ServiceError(.invalidRequest, "the body broke off")
        }
    }

    /// The body as JSON of a known shape.
    ///
    /// - Throws: ``/Service/ServiceError``: as ``boundedBody(_:)``, and `invalidRequest` that says where it is wrong.
    func json<Value: Decodable>(_ type: Value.Type, _ http: ServiceConfiguration.HTTP) async throws -> Value {
        let media = headers[.contentType]?.prefix { $0 != ";" }.lowercased().filter { $0 != " " }
        guard media == "application/json" else {
            // A page's form can send anything but this without asking first.
            throw ServiceError(
                .invalidRequest,
                "the body is not said to be JSON",
                mend: "send 'Content-Type: application/json'",
            )
        }
        let buffer = try await boundedBody(http)
        return try JSONBody.decode(type, from: buffer)
    }
}
