import Foundation
import SandboxModel

/// How a submission ended, as it is kept.
struct ExecutionEnding: Sendable {
    var state: ExecutionState
    var verdict: Verdict?
    var result: Data?
    var files: [CollectedFile] = []
    var refusal: ExecutionDetails.Refusal?
    /// When it began to run, or `nil` when it never did.
    var startedAt: Date?
    var finishedAt: Date
    /// The last line of the audit log, which holds this ending.
    var auditHead: AuditHead?
}

extension ExecutionDetails {
    /// What reading an execution gives that has ended so.
    init(_ execution: LiveExecution, _ ending: ExecutionEnding) {
        var record = execution.record
        if let time = ending.startedAt, record.state != .running { record.begin(at: time) }
        record.state = ending.state
        record.verdict = ending.verdict
        record.finishedAt = ending.finishedAt
        self.init(
            record: record,
            submission: execution.submission,
            result: ending.result,
            refusal: ending.refusal,
            files: ending.files.map { FileEntry(path: $0.path, size: $0.contents.count) }
                .sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) },
        )
    }
}
