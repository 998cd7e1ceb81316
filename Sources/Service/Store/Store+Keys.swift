package import Foundation
import GRDB

extension Store {
    /// Keeps a new key of `caller`'s.
    ///
    /// - Returns: What is kept of it.
    package func add(
        _ key: APIKey,
        caller: String,
        scopes: Set<Scope>,
        ceilings: CallerCeilings,
        at time: Date = Date(),
    ) async throws -> KeyRecord {
        let record = KeyRecord(
            id: "key_" + ExecutionID(at: time).description.suffix(12),
            caller: caller,
            scopes: scopes,
            ceilings: ceilings,
            createdAt: time,
        )
        let digest = APIKey.digest(of: key.secret)
        let encoded = try JSONEncoder().encode(ceilings)
        try tellOfKeys()
        try await writer.write { database in
            try database.execute(
                sql:
                    "INSERT INTO key (id, digest, caller, scopes, ceilings, created_at) VALUES (?, ?, ?, ?, ?, ?)",
                arguments: [
                    record.id, digest, caller, scopes.map(\.rawValue).sorted().joined(separator: ","),
                    encoded,
                    time.milliseconds,
                ],
            )
        }
        try await sync()
        return record
    }

    /// Every key, the oldest first.
    package func keys() async throws -> [KeyRecord] {
        try await read { database in
            try Row.fetchAll(database, sql: "SELECT * FROM key ORDER BY created_at, id").map(KeyRecord.init)
        }
    }

    /// Revokes a key at once and for good; returns whether there was one that was not yet.
    package func revoke(_ id: String, at time: Date = Date()) async throws -> Bool {
        let isRevoked = try await writer.write { database in
            try database.execute(
                sql: "UPDATE key SET revoked_at = ? WHERE id = ? AND revoked_at IS NULL",
                arguments: [time.milliseconds, id],
            )
            return database.changesCount > 0
        }
        try await sync()
        return isRevoked
    }

    /// Whether there has ever been a key; without, whoever reaches the loopback interface may call.
    package func hasKeys() throws -> Bool {
        try lookUp { database in
            try Bool.fetchOne(database.cachedStatement(sql: "SELECT EXISTS (SELECT 1 FROM key)")) ?? false
        }
    }

    /// Whose secret it is, or `nil` when it is nobody's or was revoked.
    func caller(withDigest digest: Data) throws -> Caller? {
        let record = try lookUp { database in
            try Row.fetchOne(
                database.cachedStatement(sql: "SELECT * FROM key WHERE digest = ? AND revoked_at IS NULL"),
                arguments: [digest],
            ).map(KeyRecord.init)
        }
        return record.map { Caller(name: $0.caller, scopes: $0.scopes, ceilings: $0.ceilings, key: $0.id) }
    }
}

extension KeyRecord {
    fileprivate init(_ row: Row) throws {
        self.init(
            id: row["id"],
            caller: row["caller"],
            scopes: Set(
                (row["scopes"] as String).split(separator: ",").compactMap { Scope(rawValue: String($0)) }
            ),
            ceilings: try JSONDecoder().decode(CallerCeilings.self, from: row["ceilings"]),
            createdAt: Date(milliseconds: row["created_at"]),
            revokedAt: (row["revoked_at"] as Int64?).map { Date(milliseconds: $0) },
        )
    }
}
