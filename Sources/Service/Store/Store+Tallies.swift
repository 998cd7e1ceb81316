import GRDB

/// How many of a caller's executions an interface counts together.
package struct InterfaceTally: Sendable, Hashable {
    /// What it counts them by; `nil` for those that came when none was kept, and have not been settled since.
    package var group: String?
    /// What it made of their end; `nil` while it has not said.
    package var outcome: Int?
    /// How far they are.
    package var state: ExecutionState
    /// How many there are.
    package var count: Int
}

extension Store {
    /// How many of a caller's executions came by an interface, by what it counts them by.
    func tallies(of interface: String, caller: String) async throws -> [InterfaceTally] {
        try await read { database in
            let rows = try Row.fetchAll(
                database,
                sql: """
                    SELECT interface_group, interface_outcome, state, count(*) AS number FROM submission
                    WHERE interface = ? AND caller = ? GROUP BY interface_group, interface_outcome, state
                    """,
                arguments: [interface, caller],
            )
            return rows.compactMap { row in
                ExecutionState(rawValue: row["state"]).map { state in
                    InterfaceTally(
                        group: row["interface_group"],
                        outcome: row["interface_outcome"],
                        state: state,
                        count: row["number"],
                    )
                }
            }
        }
    }

    /// Keeps what an interface made of the end of one of its executions.
    func settle(_ id: ExecutionID, of interface: String, group: String, outcome: Int) async throws {
        try await writer.write { database in
            try database.cachedStatement(
                sql: """
                    UPDATE submission SET interface_group = ?, interface_outcome = ?
                    WHERE id = ? AND interface = ?
                    """
            ).execute(arguments: [group, outcome, id.description, interface])
        }
    }

    /// Executions that ended and of which their interface has not said what it makes of it, in the order they came; at most
    /// `count`, after `id`.
    func unsettled(of interface: String, after id: ExecutionID?, count: Int) async throws -> [ExecutionRecord]
    {
        try await read { database in
            try Row.fetchAll(
                database,
                sql: """
                    SELECT \(ExecutionRecord.columns) FROM submission
                    WHERE interface = ? AND interface_outcome IS NULL AND finished_at IS NOT NULL AND id > ?
                    ORDER BY id LIMIT ?
                    """,
                arguments: [interface, id?.description ?? "", count],
            ).map(ExecutionRecord.init)
        }
    }
}
