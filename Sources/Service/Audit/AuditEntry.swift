import Crypto
import Foundation
import Reporting
import SandboxModel

/// One line of the audit log: who ran what under which policy, and how it ended.
struct AuditEntry: Sendable {
    var record: ExecutionRecord
    var submission: Submission
    var ending: ExecutionEnding
    /// What the program tried and was refused.
    var violations: [Violation] = []
    /// ``digest(of:encoded:)`` of the submission where that is known already.
    var digest: String?

    /// The members of the line's object, but for those that chain it.
    func members() -> [(key: String, value: JSONValue)] {
        [
            ("time", .string(ending.finishedAt.timestamp)),
            ("execution", .string(record.id.description)),
            ("caller", .string(record.caller)),
            ("program", .string(digest ?? Self.digest(of: submission))),
            ("language", .string(record.language)),
            (
                "policy",
                [
                    "network": .string(submission.policy.network.rawValue),
                    "filesystem": .string(submission.policy.filesystem.rawValue),
                    "allow_missing": .array(
                        submission.policy.allowMissing.map(\.rawValue).sorted().map(JSONValue.string)
                    ),
                ],
            ),
            ("state", .string(ending.state.rawValue)),
            ("verdict", JSONValue(ending.verdict) { .string($0.rawValue) }),
            (
                "violations",
                .array(
                    violations.map {
                        [
                            "kind": .string($0.kind.rawValue), "name": .string($0.name),
                            "count": .integer($0.count),
                        ]
                    }
                ),
            ),
        ]
    }

    /// SHA-256 of the program with its input, limits and policy, in hexadecimal; neither its label nor an interface's note counts.
    ///
    /// Where the submission is there as it is kept, `encoded`, and nothing else is in it, it need not be encoded again.
    static func digest(of submission: Submission, encoded: Data? = nil) -> String {
        var counted = submission
        counted.label = nil
        counted.priority = 0
        counted.note = nil
        let hasMore = submission.label != nil || submission.priority != 0 || submission.note != nil
        let data = hasMore ? SubmissionCoding.encode(counted) : encoded ?? SubmissionCoding.encode(counted)
        return SHA256.hash(data: data).hexadecimal
    }
}
