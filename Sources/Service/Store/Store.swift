import Foundation
import GRDB
import LinuxKernel

/// The database: submissions, results, files and keys, in one SQLite file.
///
/// Writes go through one ``StoreWriter``; reads run beside them on connections of their own (write-ahead log). Several
/// processes may have it open, such as a service and `sanderling key`; only one may run submissions from it
/// (``ServiceLock``).
package final class Store: Sendable {
    let pool: DatabasePool
    let writer: StoreWriter
    private let log: WriteAheadLog
    /// A file that tells every process which has the database open that a key is being made, or was.
    private let keySign: String

    /// Opens the database at `path`, and makes or upgrades it where that is needed.
    ///
    /// - Throws: ``ServiceError`` of code `storage`.
    package init(path: String) throws(ServiceError) {
        do {
            var configuration = GRDB.Configuration()
            configuration.busyMode = .timeout(10)
            configuration.maximumReaderCount = 8
            configuration.prepareDatabase { database in
                guard !database.configuration.readonly else { return }
                // Before the first table is made; it cannot be changed afterwards.
                try database.execute(sql: "PRAGMA auto_vacuum = INCREMENTAL")
                // Pages. The log does so itself, sooner and beside the writer.
                try database.execute(sql: "PRAGMA wal_autocheckpoint = 10000")
            }
            keySign = path + "-keys"
            try Self.makeFile(path)
            pool = try DatabasePool(path: path, configuration: configuration)
            try Schema.migrator.migrate(pool)
            log = try WriteAheadLog(ofDatabase: path, configuration)
        } catch {
            throw ServiceError(
                .storage,
                "the database \(path) cannot be opened: \(Self.reason(error))",
                mend: "see that its directory exists and is writable, or set another with --data",
            )
        }
        writer = StoreWriter(pool: pool, log: log)
    }

    /// Makes the file where there is none: results and programs are nobody else's business.
    ///
    /// SQLite gives its log and its index the mode of the database. What is there is not opened: to close it would undo the locks that
    /// this process has on it (fcntl_locking(2)).
    private static func makeFile(_ path: String) throws(KernelError) {
        do throws(KernelError) {
            _ = try File.open(path, O_RDWR | O_CREAT | O_EXCL, mode: 0o600)
        } catch  where error.number == EEXIST {}
    }

    /// Whether it was told that there are keys, which takes one system call and not a question to the database; access(2).
    ///
    /// Without it there are keys all the same where an older version made them, or where only the database itself was copied.
    var isToldOfKeys: Bool { access(keySign, F_OK) == 0 || errno != ENOENT }

    /// Tells that there are keys; before the first of them is written.
    ///
    /// - Throws: ``ServiceError`` of code `storage`.
    func tellOfKeys() throws(ServiceError) {
        do {
            _ = try File.open(keySign, O_WRONLY | O_CREAT, mode: 0o600)
        } catch {
            throw ServiceError(
                .storage,
                "the file \(keySign) cannot be made: \(error)",
                mend: "see that its directory is writable, and its disk has room",
            )
        }
    }

    /// Opens the database of `configuration`; makes its directory with mode 0700.
    package convenience init(_ configuration: ServiceConfiguration) throws(ServiceError) {
        try configuration.makeDataDirectory()
        try self.init(path: configuration.databasePath)
    }

    /// Closes the database, whose write-ahead log is then taken in.
    package func close() {
        log.close()
        try? pool.close()
    }

    /// Reads on a connection beside the writer.
    func read<Value: Sendable>(_ body: @escaping @Sendable (Database) throws -> Value) async throws -> Value {
        do {
            return try await pool.read(body)
        } catch {
            throw Self.storageError(error)
        }
    }

    /// Reads on the caller's own thread: what takes less time than to change threads.
    func lookUp<Value>(_ body: (Database) throws -> Value) throws -> Value {
        do {
            return try pool.read(body)
        } catch {
            throw Self.storageError(error)
        }
    }

    /// Returns when what was written before is on the disk.
    ///
    /// - Throws: ``ServiceError`` of code `storage`: it may not be.
    func sync() async throws { try await log.sync() }

    /// As ``sync()``, and calls `done` instead of returning.
    func sync(_ done: @escaping @Sendable (Result<Void, any Error>) -> Void) { log.sync(done) }

    static func storageError(_ error: any Error) -> any Error {
        guard error is DatabaseError else { return error }
        return ServiceError(
            .storage,
            "the database failed: \(reason(error))",
            mend: "see that its disk has room and is writable",
            retryAfter: .seconds(10),
        )
    }

    /// What SQLite says, without the statement and its arguments.
    private static func reason(_ error: any Error) -> String {
        guard let error = error as? DatabaseError else { return error.localizedDescription }
        return error.message ?? "SQLite error \(error.extendedResultCode.rawValue)"
    }
}
