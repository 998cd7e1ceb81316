package import Foundation
import GRDB

extension Store {
    /// Removes what ended too long ago, and of the rest what ended first, until it takes no more room than `size`.
    ///
    /// - Returns: How many were removed.
    package func expire(endedBefore time: Date, keeping size: Int) async throws -> Int {
        var removed = 0
        while true {
            // A few at a time, so that nobody who submits waits for long.
            let count = try await writer.write { database in
                try Self.expireSome(endedBefore: time, keeping: size, in: database)
            }
            guard count > 0 else { return removed }
            removed += count
        }
    }

    private static func expireSome(endedBefore time: Date, keeping size: Int, in database: Database) throws
        -> Int
    {
        let total = try Int.fetchOne(
            database,
            sql: "SELECT total(size) FROM submission WHERE finished_at IS NOT NULL",
        )
        var excess = max(0, (total ?? 0) - size)
        let oldest = try Row.fetchAll(
            database,
            sql: """
                SELECT id, finished_at, size FROM submission WHERE finished_at IS NOT NULL
                ORDER BY finished_at LIMIT 200
                """,
        )
        var ids: [String] = []
        for row in oldest {
            let (end, bytes): (Int64, Int) = (row["finished_at"], row["size"])
            guard end <= time.milliseconds || excess > 0 else { break }
            ids.append(row["id"])
            excess = max(0, excess - bytes)
        }
        for id in ids { try database.execute(sql: "DELETE FROM submission WHERE id = ?", arguments: [id]) }
        return ids.count
    }

    /// Gives the disk back what deleting has freed, a little at a time.
    package func compact() async throws {
        for _ in 0..<4 {
            try await writer.write { try $0.execute(sql: "PRAGMA incremental_vacuum(500)") }
        }
    }
}
