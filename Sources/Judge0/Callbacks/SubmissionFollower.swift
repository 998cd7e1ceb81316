import Foundation
package import Logging
import Reporting
package import Service
import ServiceHTTP
import ServiceLifecycle

/// Sees submissions to their end: lets no more runs be made once one was not accepted, and tells who wants to be told.
///
/// What is not over when the service ends is followed again from its next start on. A submission that ended just before
/// the service was killed may be told to nobody.
package final class SubmissionFollower: ServiceLifecycle.Service {
    private let service: ExecutionService
    private let sender: CallbackSender
    private let logger: Logger
    private let followed: AsyncStream<(id: ExecutionID, caller: String)>
    private let continuation: AsyncStream<(id: ExecutionID, caller: String)>.Continuation

    package init(_ service: ExecutionService, logger: Logger) {
        self.service = service
        self.logger = logger
        sender = CallbackSender(logger: logger)
        (followed, continuation) = AsyncStream.makeStream()
    }

    /// Follows the submission whose first execution this is.
    func follow(_ id: ExecutionID, of caller: String) { continuation.yield((id, caller)) }

    /// Follows submissions until the service is asked to stop.
    package func run() async throws {
        for execution in await service.live(of: Judge0Submission.interface) {
            follow(execution.id, of: execution.record.caller)
        }
        await withGracefulShutdownHandler {
            await withDiscardingTaskGroup { group in
                for await (id, caller) in followed {
                    group.addTask { await self.see(id, of: caller) }
                }
                group.cancelAll()
            }
        } onGracefulShutdown: {
            self.continuation.finish()
        }
    }

    private func see(_ id: ExecutionID, of name: String) async {
        let caller = Caller(name: name, scopes: [.read, .submit])
        do {
            let token = SubmissionToken(id)
            var loaded = try await LoadedSubmission(token, of: caller, in: service)
            for run in loaded.runs {
                await service.live(run.record.id, of: caller)?.end()
                loaded = try await LoadedSubmission(token, of: caller, in: service)
                let status = try Judgement(loaded.runs, of: loaded.submission).status
                guard !status.isFinal else { break }
            }
            let answer = try SubmissionAnswer(loaded, isBase64: true)
            guard answer.judgement.status.isFinal else { return }
            for rest in loaded.runs where !rest.record.state.isFinal {
                try await service.cancel(rest.record.id, by: caller)
            }
            guard let address = loaded.submission.callbackURL.flatMap({ CallbackAddress($0) }),
                // The list may have changed since.
                service.configuration.judge0.callbacks.compactMap({ CallbackHost($0) }).contains(address.host)
            else { return }
            _ = await sender.send(try answer.json(.callback).serialized(), to: address)
        } catch let error as ServiceError where error.code == .notFound {
            // It was removed.
        } catch {
            logger.error("a submission cannot be followed", metadata: ["error": "\(error)"])
        }
    }
}
