import GRDB
import Synchronization

/// Writes to the database in the order they come, those that wait together in one transaction.
///
/// Whoever comes first writes, on its own thread: to change threads would take longer than most of what is written. What comes
/// meanwhile is written together after that.
///
/// What was written survives the end of this process. Whoever needs it on the disk asks ``WriteAheadLog`` for that besides, which the
/// writes of others need not wait for. Should the machine itself fail, what is lost of the rest happens again.
final class StoreWriter: Sendable {
    private struct Job: Sendable {
        let run: @Sendable (Database) throws -> Void
        let settle: @Sendable ((any Error)?) -> Void
    }

    private struct State {
        var waiting: [Job] = []
        var isWriting = false
        var transactions = 0
    }

    /// After so many transactions the log is taken into the database: about as often as SQLite would do it.
    private static let transactionsByCheckpoint = 100

    private let pool: DatabasePool
    private let log: WriteAheadLog
    private let state = Mutex(State())

    init(pool: DatabasePool, log: WriteAheadLog) {
        self.pool = pool
        self.log = log
    }

    /// Carries out `body` in a transaction; what it throws undoes its own writes alone.
    @concurrent func write<Value: Sendable>(_ body: @escaping @Sendable (Database) throws -> Value)
        async throws -> Value
    {
        let outcome = Outcome<Value>()
        try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
            let job = Job(
                run: { outcome.set(try body($0)) },
                settle: { error in
                    if let error {
                        continuation.resume(throwing: Store.storageError(error))
                    } else {
                        continuation.resume()
                    }
                },
            )
            let isFirst = state.withLock { state in
                state.waiting.append(job)
                defer { state.isWriting = true }
                return !state.isWriting
            }
            if isFirst { writeOnce() }
        }
        return try outcome.get()
    }

    /// Writes what waits, and leaves what has come meanwhile to another task.
    private func writeOnce() {
        let jobs = state.withLock { state in
            defer { state.waiting = [] }
            return state.waiting
        }
        var failures: [(any Error)?]
        do {
            failures = try pool.writeWithoutTransaction { try Self.commit(jobs, in: $0) }
        } catch {
            failures = jobs.map { _ in error }
        }
        let (isDone, isCheckpointDue) = state.withLock { state in
            state.isWriting = !state.waiting.isEmpty
            state.transactions = (state.transactions + 1) % Self.transactionsByCheckpoint
            return (!state.isWriting, state.transactions == 0)
        }
        if !isDone { Task { writeOnce() } }
        if isCheckpointDue { log.checkpoint() }
        for (job, failure) in zip(jobs, failures) { job.settle(failure) }
    }

    private static func commit(_ jobs: [Job], in database: Database) throws -> [(any Error)?] {
        if jobs.count == 1, let job = jobs.first {
            try commit(job, in: database)
            return [nil]
        }
        var failures: [(any Error)?] = []
        try database.inTransaction(.immediate) {
            for job in jobs {
                do {
                    try database.inSavepoint {
                        try job.run(database)
                        return .commit
                    }
                    failures.append(nil)
                } catch {
                    failures.append(error)
                }
            }
            return .commit
        }
        return failures
    }

    /// Carries out a job in a transaction of its own, which is undone by what it throws.
    ///
    /// As `inTransaction`, whose beginning and end are parsed anew each time: the beginning alone took as long as a submission's own
    /// statement.
    private static func commit(_ job: Job, in database: Database) throws {
        try database.cachedStatement(sql: "BEGIN IMMEDIATE TRANSACTION").execute()
        do {
            try job.run(database)
            try database.cachedStatement(sql: "COMMIT TRANSACTION").execute()
        } catch {
            // SQLite has done so itself where the disk is full, for one.
            if database.isInsideTransaction { try? database.rollback() }
            throw error
        }
    }

    /// Carries a value out of a job.
    private final class Outcome<Value: Sendable>: Sendable {
        private let value = Mutex<Value?>(nil)

        func set(_ new: Value) { value.withLock { $0 = new } }

        func get() throws -> Value {
            guard let value = value.withLock({ $0 }) else {
                throw ServiceError(.internal, "a write was settled without its value")
            }
            return value
        }
    }
}
