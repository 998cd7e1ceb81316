import Dispatch
import GRDB
import Glibc
import LinuxKernel
import Synchronization

/// The file to which SQLite writes transactions first, and its way to the disk and into the database.
///
/// With `synchronous = NORMAL` SQLite puts the header of that file on the disk itself, and the file before anything of it is
/// copied into the database; a transaction alone it leaves to the kernel. What `FULL` adds, fdatasync(2) after each, is here
/// apart from the writing, so that nobody waits for it who does not need it (<https://www.sqlite.org/wal.html>). How many wait for
/// it together makes no difference to what it costs.
final class WriteAheadLog: Sendable {
    private struct State {
        var waiting: [@Sendable (Result<Void, any Error>) -> Void] = []
        var isSyncing = false
    }

    private let path: String
    private let state = Mutex(State())
    /// Where the disk is waited for, as none of Swift's own threads may.
    private let syncing = DispatchQueue(label: "sanderling.store.sync", qos: .userInitiated)
    private let checkpointing = DispatchQueue(label: "sanderling.store.checkpoint")
    /// A connection of its own, beside which the writer can go on writing.
    private let connection: DatabaseQueue

    /// The log of the database at `path`, which is open already.
    init(ofDatabase path: String, _ configuration: GRDB.Configuration) throws {
        self.path = path + "-wal"
        connection = try DatabaseQueue(path: path, configuration: configuration)
    }

    /// Returns when what was written before is on the disk.
    ///
    /// - Throws: ``ServiceError`` of code `storage`: it may not be.
    func sync() async throws {
        try await withCheckedThrowingContinuation { continuation in sync { continuation.resume(with: $0) } }
    }

    /// Calls `done`, on another thread, when what was written before is on the disk, or may not be.
    func sync(_ done: @escaping @Sendable (Result<Void, any Error>) -> Void) {
        let isFirst = state.withLock { state in
            state.waiting.append(done)
            defer { state.isSyncing = true }
            return !state.isSyncing
        }
        if isFirst { syncing.async { self.syncAll() } }
    }

    private func syncAll() {
        while true {
            let waiting = state.withLock { state in
                defer { state.waiting = [] }
                state.isSyncing = !state.waiting.isEmpty
                return state.waiting
            }
            guard !waiting.isEmpty else { return }
            let outcome = Result { try syncFile() }
            for done in waiting { done(outcome) }
        }
    }

    private func syncFile() throws {
        do {
            let log = try File.open(path, O_RDONLY)
            guard fdatasync(log.number) == 0 else { throw KernelError(call: "fdatasync", number: errno) }
        } catch {
            throw ServiceError(
                .storage,
                "the database's log \(path) cannot be written to the disk: \(error)",
                mend: "see that its disk has room and works",
                retryAfter: .seconds(10),
            )
        }
    }

    /// Has the log taken into the database, as far as nobody reads it, some time soon.
    ///
    /// Should that fail, SQLite does it itself while it writes, once the log is ten times as long as it would otherwise let it become.
    func checkpoint() {
        checkpointing.async { [connection] in
            _ = try? connection.writeWithoutTransaction { try $0.checkpoint(.passive) }
        }
    }

    func close() { try? connection.close() }
}
