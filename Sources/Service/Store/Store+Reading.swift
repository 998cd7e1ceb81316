import Foundation
import GRDB
package import SandboxModel

/// Which of a caller's executions are listed.
package struct ExecutionFilter: Sendable, Hashable {
    package var state: ExecutionState?
    package var verdict: Verdict?
    package var language: String?
    package var batch: ExecutionID?
    package var label: String?
    /// Those that came by this interface alone; `nil` for all.
    package var interface: String?
    /// Those older than this one alone; from the page before.
    package var before: ExecutionID?
    /// At most so many.
    package var count = 50
    /// How many of the latest are passed over.
    package var offset = 0

    package init() {}
}

extension Store {
    /// One of a caller's submissions with all that belongs to it, or `nil` where the caller has no such one.
    func details(_ id: ExecutionID, of caller: String) async throws -> ExecutionDetails? {
        try await read { database in
            let row = try Row.fetchOne(
                database,
                sql: "SELECT * FROM submission WHERE id = ? AND caller = ?",
                arguments: [id.description, caller],
            )
            guard let row else { return nil }
            let files = try Row.fetchAll(
                database,
                sql: "SELECT path, length(contents) AS size FROM file WHERE submission = ? ORDER BY path",
                arguments: [id.description],
            )
            return ExecutionDetails(
                record: try ExecutionRecord(row),
                submission: try SubmissionCoding.decode(row["request"]),
                result: row["result"],
                refusal: try (row["refusal"] as Data?).map {
                    try JSONDecoder().decode(ExecutionDetails.Refusal.self, from: $0)
                },
                files: files.map { ExecutionDetails.FileEntry(path: $0["path"], size: $0["size"]) },
            )
        }
    }

    /// A file that one of a caller's programs left, or `nil`.
    func file(_ path: String, of id: ExecutionID, caller: String) async throws -> Data? {
        try await read { database in
            try Data.fetchOne(
                database,
                sql: """
                    SELECT contents FROM file JOIN submission ON submission.id = file.submission
                    WHERE submission.id = ? AND submission.caller = ? AND file.path = ?
                    """,
                arguments: [id.description, caller, path],
            )
        }
    }

    /// A caller's executions that `filter` lets through, the latest first.
    func list(_ filter: ExecutionFilter, of caller: String) async throws -> [ExecutionRecord] {
        let (conditions, arguments) = Self.conditions(filter, of: caller)
        let sql = """
            SELECT \(ExecutionRecord.columns) FROM submission WHERE \(conditions)
            ORDER BY id DESC LIMIT ? OFFSET ?
            """
        return try await read { [arguments] database in
            try Row.fetchAll(database, sql: sql, arguments: arguments + [filter.count, filter.offset])
                .map(ExecutionRecord.init)
        }
    }

    /// How many of a caller's executions came on each day (UTC, as `2026-11-25`), of those that `filter` lets through.
    func counts(_ filter: ExecutionFilter, of caller: String) async throws -> [String: Int] {
        let (conditions, arguments) = Self.conditions(filter, of: caller)
        let sql = """
            SELECT date(created_at / 1000, 'unixepoch') AS day, count(*) AS number FROM submission
            WHERE \(conditions) GROUP BY day
            """
        return try await read { [arguments] database in
            let rows = try Row.fetchAll(database, sql: sql, arguments: arguments)
            return Dictionary(rows.map { ($0["day"], $0["number"]) }, uniquingKeysWith: +)
        }
    }

    private static func conditions(_ filter: ExecutionFilter, of caller: String)
        -> (sql: String, arguments: StatementArguments)
    {
        var conditions = ["caller = ?"]
        var arguments: StatementArguments = [caller]
        let columns: [(String, (any DatabaseValueConvertible)?)] = [
            ("state = ?", filter.state?.rawValue), ("verdict = ?", filter.verdict?.rawValue),
            ("language = ?", filter.language), ("batch = ?", filter.batch?.description),
            ("label = ?", filter.label), ("interface = ?", filter.interface),
            ("id < ?", filter.before?.description),
        ]
        for (condition, value) in columns {
            guard let value else { continue }
            conditions.append(condition)
            arguments += [value]
        }
        return (conditions.joined(separator: " AND "), arguments)
    }

    /// The executions of one of a caller's batches, in the order they were given; empty when it has none such.
    func batch(_ batch: ExecutionID, of caller: String) async throws -> [ExecutionRecord] {
        try await read { database in
            try Row.fetchAll(
                database,
                sql: """
                    SELECT \(ExecutionRecord.columns) FROM submission WHERE batch = ? AND caller = ? ORDER BY rowid
                    """,
                arguments: [batch.description, caller],
            ).map(ExecutionRecord.init)
        }
    }

    /// What came of the executions of one of a caller's batches, in the order they were given, all of which ask for the same.
    ///
    /// - Parameters:
    ///   - batch: What it is called.
    ///   - submission: What each of them asks for, which is not read again for each.
    ///   - caller: Whose it is.
    /// - Returns: The executions without their files; none when the caller has no such batch.
    /// - Throws: ``ServiceError`` of code `storage`.
    func outcomes(of batch: ExecutionID, asking submission: Submission, caller: String) async throws
        -> [ExecutionDetails]
    {
        try await read { database in
            try Row.fetchAll(
                database,
                sql: """
                    SELECT \(ExecutionRecord.columns), result, refusal FROM submission
                    WHERE batch = ? AND caller = ? ORDER BY rowid
                    """,
                arguments: [batch.description, caller],
            ).map { row in
                ExecutionDetails(
                    record: try ExecutionRecord(row),
                    submission: submission,
                    result: row["result"],
                    refusal: try (row["refusal"] as Data?).map {
                        try JSONDecoder().decode(ExecutionDetails.Refusal.self, from: $0)
                    },
                    files: [],
                )
            }
        }
    }

    /// Removes one of a caller's executions that has ended; returns whether there was one.
    func remove(_ id: ExecutionID, of caller: String) async throws -> Bool {
        try await writer.write { database in
            try database.execute(
                sql: "DELETE FROM submission WHERE id = ? AND caller = ? AND finished_at IS NOT NULL",
                arguments: [id.description, caller],
            )
            return database.changesCount > 0
        }
    }
}
