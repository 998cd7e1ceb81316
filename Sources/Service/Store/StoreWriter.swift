import GRDB
import Synchronization

/// Writes to the database in the order they come, those that wait together in one transaction.
///
/// A transaction that accepts a submission is on the disk before anyone is told (`synchronous = FULL`); how many are
/// accepted in it makes no difference to what that costs. One that only notes what has happened survives the end of this
/// process; should the machine itself fail, what is lost of it happens again.
actor StoreWriter {
    private struct Job: Sendable {
        let isDurable: Bool
        let run: @Sendable (Database) throws -> Void
        let settle: @Sendable ((any Error)?) -> Void
    }

    private let pool: DatabasePool
    private var waiting: [Job] = []
    private var isWriting = false

    init(pool: DatabasePool) { self.pool = pool }

    /// Carries out `body` in a transaction; what it throws undoes its own writes alone.
    func write<Value: Sendable>(
        durably: Bool,
        _ body: @escaping @Sendable (Database) throws -> Value,
    ) async throws -> Value {
        let outcome = Outcome<Value>()
        try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
            waiting.append(
                Job(
                    isDurable: durably,
                    run: { outcome.set(try body($0)) },
                    settle: { error in
                        if let error {
                            continuation.resume(throwing: Store.storageError(error))
                        } else {
                            continuation.resume()
                        }
                    },
                )
            )
            guard !isWriting else { return }
            isWriting = true
            Task { await drain() }
        }
        return try outcome.get()
    }

    private func drain() async {
        while !waiting.isEmpty {
            let jobs = waiting
            waiting = []
            var failures: [(any Error)?]
            do {
                failures = try await pool.writeWithoutTransaction { try Self.commit(jobs, in: $0) }
            } catch {
                failures = jobs.map { _ in error }
            }
            for (job, failure) in zip(jobs, failures) { job.settle(failure) }
        }
        isWriting = false
    }

    private static func commit(_ jobs: [Job], in database: Database) throws -> [(any Error)?] {
        let isDurable = jobs.contains(where: \.isDurable)
        try database.execute(sql: "PRAGMA synchronous = \(isDurable ? "FULL" : "NORMAL")")
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
