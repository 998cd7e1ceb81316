import Crypto
import Foundation
import GRDB

/// A submission that was accepted, now or before under the same idempotency key.
struct AcceptedSubmission: Sendable {
    var record: ExecutionRecord
    var submission: Submission
    /// Whether an idempotency key led to one that was accepted before.
    var isRepeated = false
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
    ///   - idempotencyKey: The caller's name for this very request, or `nil`; only for a single one.
    /// - Returns: The same with their digests, or the one that came under the key before.
    /// - Throws: ``ServiceError`` of code `idempotencyMismatch` or `storage`.
    @concurrent func accept(
        _ accepted: [AcceptedSubmission],
        idempotencyKey: String? = nil,
    ) async throws -> [AcceptedSubmission] {
        let encoded = accepted.map { one in
            let request = SubmissionCoding.encode(one.submission)
            var one = one
            one.digest = AuditEntry.digest(of: one.submission, encoded: request)
            return (one, request)
        }
        return try await writer.write { database in
            if let idempotencyKey, let (one, request) = encoded.first {
                let fingerprint = Data(SHA256.hash(data: request))
                if let earlier = try Self.earlier(
                    idempotencyKey,
                    fingerprint,
                    of: one.record.caller,
                    in: database,
                ) {
                    return [earlier]
                }
                try Self.insert(one, request, in: database)
                try database.execute(
                    sql: "INSERT INTO idempotency (caller, key, fingerprint, submission) VALUES (?, ?, ?, ?)",
                    arguments: [one.record.caller, idempotencyKey, fingerprint, one.record.id.description],
                )
            } else {
                for (one, request) in encoded { try Self.insert(one, request, in: database) }
            }
            return encoded.map(\.0)
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
            try? await withdraw(accepted.filter { !$0.isRepeated }.map(\.record.id))
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

    private static func earlier(
        _ key: String,
        _ fingerprint: Data,
        of caller: String,
        in database: Database,
    ) throws -> AcceptedSubmission? {
        let row = try Row.fetchOne(
            database,
            sql: """
                SELECT submission.*, idempotency.fingerprint AS fingerprint FROM idempotency
                JOIN submission ON submission.id = idempotency.submission
                WHERE idempotency.caller = ? AND idempotency.key = ?
                """,
            arguments: [caller, key],
        )
        guard let row else { return nil }
        guard row["fingerprint"] as Data == fingerprint else {
            throw ServiceError(
                .idempotencyMismatch,
                "the idempotency key came with another request before",
                mend: "use a new key for a new request",
            )
        }
        var accepted = try AcceptedSubmission(row)
        accepted.isRepeated = true
        return accepted
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
