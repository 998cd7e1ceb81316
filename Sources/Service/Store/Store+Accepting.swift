import Foundation
import GRDB

/// A submission that was accepted.
struct AcceptedSubmission: Sendable {
    var record: ExecutionRecord
    var submission: Submission
    /// ``AuditEntry/digest(of:encoded:)`` of the submission, once it was encoded.
    var digest: String?
}

extension AcceptedSubmission {
    /// The submission in a row with all its columns.
    init(_ row: Row) throws {
        self.init(
            record: try ExecutionRecord(row),
            submission: try SubmissionCoding.decode(row["request"]),
        )
    }
}

extension Store {
    /// Accepts a submission; it is on the disk after the next ``sync()``.
    ///
    /// - Returns: The same, with its digest.
    /// - Throws: ``ServiceError`` of code `storage`.
    func accept(_ accepted: AcceptedSubmission) async throws -> AcceptedSubmission {
        try await accept([accepted])[0]
    }

    /// Accepts submissions, all or none; they are on the disk after the next ``sync()``.
    ///
    /// One whose record says that it runs is not noted as begun by ``start(_:at:)``.
    ///
    /// - Parameters:
    ///   - accepted: What is accepted.
    ///   - key: The caller's name for this very request, which none has come under before; `nil` without. It is kept as long
    ///     as the first submission.
    /// - Returns: The same with their digests.
    /// - Throws: ``ServiceError`` of code `storage`.
    @concurrent func accept(
        _ accepted: [AcceptedSubmission],
        under key: IdempotencyKey? = nil,
    ) async throws -> [AcceptedSubmission] {
        let encoded = accepted.map { one in
            let request = SubmissionCoding.encode(one.submission)
            var one = one
            one.digest = AuditEntry.digest(of: one.submission, encoded: request)
            return (one, request)
        }
        return try await writer.write { database in
            for (one, request) in encoded { try Self.insert(one, request, in: database) }
            if let key, let (first, _) = encoded.first {
                try database.execute(
                    sql: "INSERT INTO idempotency (caller, key, fingerprint, submission) VALUES (?, ?, ?, ?)",
                    arguments: [
                        key.name.caller, key.name.key, key.fingerprint, first.record.id.description,
                    ],
                )
            }
            return encoded.map(\.0)
        }
    }

    /// What the caller's request under an idempotency key led to before, of a batch its first; `nil` where none came.
    ///
    /// - Throws: ``ServiceError``: `idempotencyMismatch` where that was another request; `storage`.
    @concurrent func earlier(under key: IdempotencyKey) async throws -> ExecutionRecord? {
        try lookUp { database in
            let known = try Row.fetchOne(
                database,
                sql: "SELECT fingerprint, submission FROM idempotency WHERE caller = ? AND key = ?",
                arguments: [key.name.caller, key.name.key],
            )
            guard let known else { return nil }
            try key.check(against: known["fingerprint"])
            let id: String = known["submission"]
            return try Row.fetchOne(
                database,
                sql: "SELECT \(ExecutionRecord.columns) FROM submission WHERE id = ?",
                arguments: [id],
            ).map(ExecutionRecord.init)
        }
    }

    /// Returns when what was accepted is on the disk.
    ///
    /// What is not is forgotten again, as far as that can be written: its caller is told that it was not accepted, so that it must
    /// not run at the next start either, nor answer for its idempotency key.
    ///
    /// - Throws: ``ServiceError`` of code `storage`.
    func confirm(_ accepted: [AcceptedSubmission]) async throws {
        do {
            try await sync()
        } catch {
            try? await withdraw(accepted.map(\.record.id))
            throw error
        }
    }

    /// Forgets submissions that nothing has been done with; those that have begun stay.
    ///
    /// - Throws: ``ServiceError`` of code `storage`.
    func withdraw(_ ids: [ExecutionID]) async throws {
        try await writer.write { database in
            for id in ids {
                try database.execute(
                    sql: "DELETE FROM submission WHERE id = ? AND state = 'queued'",
                    arguments: [id.description],
                )
            }
        }
    }

    private static func insert(_ accepted: AcceptedSubmission, _ request: Data, in database: Database) throws
    {
        let record = accepted.record
        try database.cachedStatement(
            sql: """
                INSERT INTO submission
                (id, caller, batch, state, language, priority, label, created_at, started_at, attempts, size,
                request, interface, interface_group)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """
        ).execute(arguments: [
            record.id.description, record.caller, record.batch?.description, record.state.rawValue,
            record.language, record.priority, record.label, record.createdAt.milliseconds,
            record.startedAt?.milliseconds, record.attempts, request.count, request,
            accepted.submission.note?.interface, accepted.submission.note?.group,
        ])
    }
}
