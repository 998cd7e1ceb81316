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
    /// Those older than this one alone; from the page before.
    package var before: ExecutionID?
    /// At most so many.
    package var count = 50

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
        var conditions = ["caller = ?"]
        var arguments: StatementArguments = [caller]
        let columns: [(String, (any DatabaseValueConvertible)?)] = [
            ("state = ?", filter.state?.rawValue), ("verdict = ?", filter.verdict?.rawValue),
            ("language = ?", filter.language), ("batch = ?", filter.batch?.description),
            ("label = ?", filter.label), ("id < ?", filter.before?.description),
        ]
        for (condition, value) in columns {
            guard let value else { continue }
            conditions.append(condition)
            arguments += [value]
        }
        arguments += [filter.count]
        let sql = """
            SELECT \(ExecutionRecord.columns) FROM submission WHERE \(conditions.joined(separator: " AND "))
            ORDER BY id DESC LIMIT ?
            """
        return try await read { [arguments] database in
            try Row.fetchAll(database, sql: sql, arguments: arguments).map(ExecutionRecord.init)
        }
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

    /// Removes one of a caller's executions that has ended; returns whether there was one.
    func remove(_ id: ExecutionID, of caller: String) async throws -> Bool {
        try await writer.write(durably: false) { database in
            try database.execute(
                sql: "DELETE FROM submission WHERE id = ? AND caller = ? AND finished_at IS NOT NULL",
                arguments: [id.description, caller],
            )
            return database.changesCount > 0
        }
    }
}
