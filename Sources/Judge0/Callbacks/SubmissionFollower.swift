import Foundation
package import Logging
import Reporting
package import Service
import ServiceHTTP
import ServiceLifecycle

/// Sees submissions to their end: lets no more runs be made once one was not accepted, notes the status for those who count,
/// and tells who wants to be told.
///
/// What is not over when the service ends is followed again from its next start on, when also what ended just before the
/// service was killed is noted; that may be told to nobody.
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
                group.addTask { await self.settleRest() }
                for await (id, caller) in followed {
                    group.addTask { await self.see(id, of: caller) }
                }
                group.cancelAll()
            }
        } onGracefulShutdown: {
            self.continuation.finish()
        }
    }

    /// Notes the status of what ended and is not noted.
    private func settleRest() async {
        var last: ExecutionID?
        do {
            while !Task.isCancelled {
                let page = try await service.unsettled(of: Judge0Submission.interface, after: last)
                guard let final = page.last else { return }
                for record in page { await settle(record.id, of: record.caller) }
                last = final.id
            }
        } catch {
            logger.error("submissions that ended cannot be found", metadata: ["error": "\(error)"])
        }
    }

    /// Notes the status of a submission that may be over, and returns it when it is.
    @discardableResult private func settle(_ id: ExecutionID, of name: String) async -> SubmissionAnswer? {
        let caller = Caller(name: name, scopes: [.read, .submit])
        do {
            let loaded = try await LoadedSubmission(SubmissionToken(id), of: caller, in: service)
            let answer = try SubmissionAnswer(loaded, isBase64: true)
            guard answer.judgement.status.isFinal else { return nil }
            try await service.settle(
                id,
                of: Judge0Submission.interface,
                group: String(loaded.submission.languageID),
                outcome: answer.judgement.status.rawValue,
            )
            return answer
        } catch let error as ServiceError where error.code == .notFound {
            // It was removed.
            return nil
        } catch {
            logger.error("a submission cannot be judged", metadata: ["error": "\(error)"])
            return nil
        }
    }

    private func see(_ id: ExecutionID, of name: String) async {
        let caller = Caller(name: name, scopes: [.read, .submit])
        await service.live(id, of: caller)?.end()
        do {
            var answer = await settle(id, of: name)
            if answer == nil {
                let runs = try await LoadedSubmission(SubmissionToken(id), of: caller, in: service).runs
                // What does not live any more is over, and kept; or it waits for the service's next start, as all do then.
                for run in runs where answer == nil {
                    await service.live(run.record.id, of: caller)?.end()
                    answer = await settle(id, of: name)
                }
            }
            guard let answer else { return }
            for rest in answer.loaded.runs where !rest.record.state.isFinal {
                try await service.cancel(rest.record.id, by: caller)
            }
            guard let address = answer.loaded.submission.callbackURL.flatMap({ CallbackAddress($0) }),
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
