import Foundation
import GRDB
import SandboxModel

extension Store {
    /// Notes that a submission has begun to run.
    func start(_ id: ExecutionID, at time: Date) async throws {
        try await writer.write { database in
            try database.cachedStatement(
                sql: """
                    UPDATE submission SET state = 'running', started_at = ?, attempts = attempts + 1
                    WHERE id = ? AND state = 'queued'
                    """
            ).execute(arguments: [time.milliseconds, id.description])
        }
    }

    /// Keeps how a submission ended.
    func finish(_ id: ExecutionID, _ ending: ExecutionEnding) async throws {
        let refusal = try ending.refusal.map { try JSONEncoder().encode($0) }
        try await writer.write { database in
            let size = (ending.result?.count ?? 0) + ending.files.reduce(0) { $0 + $1.contents.count }
            try database.cachedStatement(
                sql: """
                    UPDATE submission
                    SET state = ?, verdict = ?, result = ?, refusal = ?, finished_at = ?, size = size + ?,
                        started_at = coalesce(started_at, ?), attempts = max(attempts, ?)
                    WHERE id = ?
                    """
            ).execute(arguments: [
                ending.state.rawValue, ending.verdict?.rawValue, ending.result, refusal,
                ending.finishedAt.milliseconds, size, ending.startedAt?.milliseconds,
                // That it began may come to be noted only after it has ended, and then is not.
                ending.startedAt == nil ? 0 : 1, id.description,
            ])
            for file in ending.files {
                try database.execute(
                    sql: "INSERT OR REPLACE INTO file (submission, path, contents) VALUES (?, ?, ?)",
                    arguments: [id.description, file.path, Data(file.contents)],
                )
            }
            if let head = ending.auditHead { try head.keep(in: database) }
        }
    }

    /// Cancels one of a caller's submissions that has not ended, and that this process neither runs nor is going to run.
    ///
    /// - Returns: It as it was; `nil` where the caller has none such.
    /// - Throws: ``ServiceError`` of code `storage`.
    func cancel(_ id: ExecutionID, of caller: String, at time: Date) async throws -> AcceptedSubmission? {
        try await writer.write { database in
            let row = try Row.fetchOne(
                database,
                sql: """
                    SELECT * FROM submission WHERE id = ? AND caller = ? AND state IN ('queued', 'running')
                    """,
                arguments: [id.description, caller],
            )
            guard let row else { return nil }
            try database.execute(
                sql: "UPDATE submission SET state = 'cancelled', finished_at = ? WHERE id = ?",
                arguments: [time.milliseconds, id.description],
            )
            return try AcceptedSubmission(row)
        }
    }

    /// Lets a submission that has begun wait again.
    func handBack(_ ids: [ExecutionID]) async throws {
        try await writer.write { database in
            for id in ids {
                try database.execute(
                    sql: "UPDATE submission SET state = 'queued' WHERE id = ? AND state = 'running'",
                    arguments: [id.description],
                )
            }
        }
        try await sync()
    }

    /// Settles what was left by a process that was killed.
    ///
    /// - Parameters:
    ///   - recovery: What becomes of what ran then; what was interactive is reported all the same.
    ///   - attempts: How often a program may begin; one that was there at every kill is reported after that.
    ///   - time: The end of those that are reported.
    /// - Returns: Those that are reported as interrupted.
    /// - Throws: ``ServiceError`` of code `storage`.
    func recover(
        _ recovery: ServiceConfiguration.Recovery,
        attempts: Int,
        at time: Date,
    ) async throws -> [AcceptedSubmission] {
        let interrupted = try await writer.write { database in
            let condition = """
                (state = 'running' AND (? OR attempts >= ?)) OR (state IN ('queued', 'running')
                AND json_extract(CAST(request AS TEXT), '$.interactive'))
                """
            let arguments: StatementArguments = [recovery == .report, attempts]
            let interrupted = try Row.fetchAll(
                database,
                sql: "SELECT * FROM submission WHERE \(condition)",
                arguments: arguments,
            ).map(AcceptedSubmission.init)
            try database.execute(
                sql: "UPDATE submission SET state = 'interrupted', finished_at = ? WHERE \(condition)",
                arguments: [time.milliseconds] + arguments,
            )
            try database.execute(sql: "UPDATE submission SET state = 'queued' WHERE state = 'running'")
            return interrupted
        }
        try await sync()
        return interrupted
    }

    /// Submissions that wait, in the order they came.
    ///
    /// Ids of one millisecond have no order; rows have, in which each that comes has the greatest number yet.
    ///
    /// - Parameters:
    ///   - row: The number of the last that is known; only those after it. 0 for all.
    ///   - count: At most so many.
    /// - Returns: The submissions, with the numbers of their rows.
    /// - Throws: ``ServiceError`` of code `storage`.
    func queued(after row: Int64, count: Int) async throws -> [(row: Int64, submission: AcceptedSubmission)] {
        try await read { database in
            try Row.fetchAll(
                database,
                // The index of what is not over is used where its own condition is there too.
                sql: """
                    SELECT rowid AS number, * FROM submission WHERE rowid IN (
                        SELECT rowid FROM submission
                        WHERE state = 'queued' AND state IN ('queued', 'running') AND rowid > ?
                        ORDER BY rowid LIMIT ?
                    ) ORDER BY rowid
                    """,
                arguments: [row, count],
            ).map { (row: $0["number"], submission: try AcceptedSubmission($0)) }
        }
    }
}
