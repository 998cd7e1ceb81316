import GRDB

/// The tables, and how older ones become these.
///
/// Times are milliseconds since 1970. A migration that was published is never changed; another follows it.
enum Schema {
    static var migrator: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("1") { database in try database.execute(sql: first) }
        migrator.registerMigration("interface") { database in try database.execute(sql: interface) }
        migrator.registerMigration("tally") { database in try database.execute(sql: tally) }
        return migrator
    }

    /// Which interface a submission came by, `NULL` for the native one.
    private static let interface = """
        ALTER TABLE submission ADD COLUMN interface TEXT;
        CREATE INDEX submission_of_interface ON submission (interface, caller, id) WHERE interface IS NOT NULL;
        """

    /// What an interface counts submissions by, and what it made of their end; `NULL` while it has not said.
    ///
    /// Counting reads the index alone: in the table, both come after all that a submission holds.
    private static let tally = """
        ALTER TABLE submission ADD COLUMN interface_group TEXT;
        ALTER TABLE submission ADD COLUMN interface_outcome INTEGER;
        CREATE INDEX submission_tally ON submission
            (interface, caller, interface_group, interface_outcome, state) WHERE interface IS NOT NULL;
        CREATE INDEX submission_unsettled ON submission (interface, id)
            WHERE interface IS NOT NULL AND interface_outcome IS NULL AND finished_at IS NOT NULL;
        """

    private static let first = """
        CREATE TABLE submission (
            id TEXT PRIMARY KEY NOT NULL,
            caller TEXT NOT NULL,
            batch TEXT,
            state TEXT NOT NULL,
            language TEXT NOT NULL,
            verdict TEXT,
            priority INTEGER NOT NULL,
            label TEXT,
            created_at INTEGER NOT NULL,
            started_at INTEGER,
            finished_at INTEGER,
            attempts INTEGER NOT NULL DEFAULT 0,
            size INTEGER NOT NULL,
            request BLOB NOT NULL,
            result BLOB,
            refusal BLOB
        );
        CREATE INDEX submission_of_caller ON submission (caller, id);
        CREATE INDEX submission_of_batch ON submission (batch, id) WHERE batch IS NOT NULL;
        CREATE INDEX submission_unfinished ON submission (state, id) WHERE state IN ('queued', 'running');
        CREATE INDEX submission_by_end ON submission (finished_at, size) WHERE finished_at IS NOT NULL;

        CREATE TABLE file (
            submission TEXT NOT NULL REFERENCES submission (id) ON DELETE CASCADE,
            path TEXT NOT NULL,
            contents BLOB NOT NULL,
            PRIMARY KEY (submission, path)
        );

        CREATE TABLE idempotency (
            caller TEXT NOT NULL,
            key TEXT NOT NULL,
            fingerprint BLOB NOT NULL,
            submission TEXT NOT NULL REFERENCES submission (id) ON DELETE CASCADE,
            PRIMARY KEY (caller, key)
        ) WITHOUT ROWID;
        CREATE INDEX idempotency_of_submission ON idempotency (submission);

        CREATE TABLE key (
            id TEXT PRIMARY KEY NOT NULL,
            digest BLOB NOT NULL UNIQUE,
            caller TEXT NOT NULL,
            scopes TEXT NOT NULL,
            ceilings BLOB NOT NULL,
            created_at INTEGER NOT NULL,
            revoked_at INTEGER
        );

        CREATE TABLE audit_head (
            only INTEGER PRIMARY KEY CHECK (only = 1),
            number INTEGER NOT NULL,
            hash TEXT NOT NULL
        );
        """
}
