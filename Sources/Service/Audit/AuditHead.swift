import GRDB

/// The last line of the audit log, as the database knows it: without it, lines cut off at the end would not show.
package struct AuditHead: Sendable, Hashable {
    /// How many lines there are.
    package var number: Int
    /// The last line's hash, in hexadecimal; before the first line, 64 zeros.
    package var hash: String

    /// The head of a log without lines.
    package static let empty = AuditHead(number: 0, hash: String(repeating: "0", count: 64))

    /// Keeps it, unless a later one is kept already.
    func keep(in database: Database) throws {
        try database.cachedStatement(
            sql: """
                INSERT INTO audit_head (only, number, hash) VALUES (1, ?, ?)
                ON CONFLICT (only) DO UPDATE SET number = excluded.number, hash = excluded.hash
                WHERE excluded.number > audit_head.number
                """
        ).execute(arguments: [number, hash])
    }
}

extension Store {
    /// The last line that the database knows of.
    package func auditHead() async throws -> AuditHead {
        try await read { database in
            guard let row = try Row.fetchOne(database, sql: "SELECT number, hash FROM audit_head") else {
                return .empty
            }
            return AuditHead(number: row["number"], hash: row["hash"])
        }
    }
}
