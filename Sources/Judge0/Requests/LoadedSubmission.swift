import Service
import ServiceHTTP

/// A submission with all its runs.
struct LoadedSubmission: Sendable {
    let submission: Judge0Submission
    /// Its executions, in order; at least one.
    let first: ExecutionDetails
    let runs: [ExecutionDetails]

    var token: SubmissionToken { SubmissionToken(first.record.id) }

    var kind: Judge0Language.Kind? { Judge0Language.with(id: submission.languageID)?.kind }

    /// The caller's submission with this token.
    ///
    /// - Throws: ``/Service/ServiceError`` of code `notFound`, in the same words for what is no token, what is another
    ///   caller's, and what came by another interface.
    init(_ token: SubmissionToken?, of caller: Caller, in service: ExecutionService) async throws {
        guard let token else { throw Self.absent }
        let first: ExecutionDetails
        do {
            first = try await service.details(token.id, for: caller)
        } catch let error as ServiceError where error.code == .notFound {
            throw Self.absent
        }
        guard let submission = Judge0Submission(first.submission) else { throw Self.absent }
        self.first = first
        self.submission = submission
        guard let batch = first.record.batch, submission.numberOfRuns > 1 else {
            runs = [first]
            return
        }
        // Read in one go, so that all are of one moment.
        let all = try await service.outcomes(of: batch, asking: first.submission, for: caller)
        runs = all.isEmpty ? [first] : all
    }

    private static let absent = ServiceError(.notFound, "there is no such submission")
}
