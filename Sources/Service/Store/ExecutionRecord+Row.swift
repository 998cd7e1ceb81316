import Foundation
import GRDB
import SandboxModel

extension ExecutionRecord {
    /// The columns that a record is made from; none of the large ones.
    static let columns = """
        id, caller, batch, state, language, verdict, priority, label, created_at, started_at, finished_at, attempts
        """

    /// The record in a row of `submission`.
    init(_ row: Row) throws {
        guard let id = ExecutionID(row["id"]), let state = ExecutionState(rawValue: row["state"]) else {
            throw ServiceError(.storage, "the database holds a submission that cannot be read")
        }
        self.init(
            id: id,
            caller: row["caller"],
            batch: (row["batch"] as String?).flatMap { ExecutionID($0) },
            state: state,
            language: row["language"],
            verdict: (row["verdict"] as String?).flatMap(Verdict.init),
            priority: row["priority"],
            label: row["label"],
            createdAt: Date(milliseconds: row["created_at"]),
            startedAt: (row["started_at"] as Int64?).map { Date(milliseconds: $0) },
            finishedAt: (row["finished_at"] as Int64?).map { Date(milliseconds: $0) },
            attempts: row["attempts"],
        )
    }
}
