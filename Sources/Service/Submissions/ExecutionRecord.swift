package import Foundation
package import SandboxModel

/// What is known of one submission.
package struct ExecutionRecord: Sendable, Hashable {
    /// What it is called.
    package var id: ExecutionID
    /// Whose it is.
    package var caller: String
    /// The batch it came in, if it did.
    package var batch: ExecutionID?
    /// How far it is.
    package var state: ExecutionState
    /// The language's name.
    package var language: String
    /// How it ended, once it has run.
    package var verdict: Verdict?
    /// Which of the caller's go first.
    package var priority: Int
    /// What the caller calls it.
    package var label: String?
    /// When it was accepted.
    package var createdAt: Date
    /// When it began to run, the last time.
    package var startedAt: Date?
    /// When it was over.
    package var finishedAt: Date?
    /// How often it has begun to run.
    package var attempts: Int

    /// Notes that it has begun to run.
    mutating func begin(at time: Date) {
        state = .running
        startedAt = time
        attempts += 1
    }
}

/// How far a submission is.
package enum ExecutionState: String, Sendable, Hashable, CaseIterable {
    /// It waits.
    case queued
    /// It runs.
    case running
    /// It has run, and its result is there; that of a cancelled program says `cancelled`.
    case finished
    /// It was cancelled before it ran.
    case cancelled
    /// The service was killed while it ran, and it does not run again.
    case interrupted
    /// The sandbox refused it; nothing has run.
    case refused

    /// Whether nothing more will come of it.
    package var isFinal: Bool {
        switch self {
        case .queued, .running: false
        default: true
        }
    }
}

/// A record with everything that belongs to it.
package struct ExecutionDetails: Sendable, Hashable {
    /// The record.
    package var record: ExecutionRecord
    /// The submission.
    package var submission: Submission
    /// The result as JSON of ``/Reporting/ResultJSON``, without the contents of files; `nil` when there is none.
    package var result: Data?
    /// Why it was refused, or `nil`.
    package var refusal: Refusal?
    /// The files it left.
    package var files: [FileEntry]

    /// A file that a program left.
    package struct FileEntry: Sendable, Hashable {
        /// Its path, relative to the work directory.
        package var path: String
        /// Bytes in it.
        package var size: Int
    }

    /// Why the sandbox refused a program.
    package struct Refusal: Sendable, Hashable, Codable {
        /// The error's stable name.
        package var code: String
        /// What is wrong, in one sentence.
        package var message: String
        /// What to do about it.
        package var mend: String?
    }
}
