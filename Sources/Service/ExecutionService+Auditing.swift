import Logging
import SandboxModel

extension ExecutionService {
    /// Writes how an execution ended to the audit log and, where it is kept, to the database.
    nonisolated func conclude(
        _ execution: LiveExecution,
        _ ending: ExecutionEnding,
        violations: [Violation] = [],
        digest: String? = nil,
    ) async {
        var entry = AuditEntry(record: execution.record, submission: execution.submission, ending: ending)
        entry.violations = violations
        entry.digest = digest
        if execution.isKept {
            await conclude(entry)
        } else {
            _ = await note(entry)
        }
    }

    /// Writes how a submission ended, first to the audit log.
    nonisolated func conclude(_ entry: AuditEntry) async {
        var ending = entry.ending
        ending.auditHead = await note(entry)
        do {
            try await store.finish(entry.record.id, ending)
        } catch {
            logger.critical(
                "a result cannot be kept",
                metadata: ["execution": "\(entry.record.id)", "error": "\(error)"],
            )
        }
    }

    /// Writes a line of the audit log, and says what its chain ends with then.
    private nonisolated func note(_ entry: AuditEntry) async -> AuditHead? {
        do {
            return try await audit.append(entry)
        } catch {
            await holdUp(because: error)
            return nil
        }
    }

    /// Starts nothing more until the audit log can be written again, with the lines that it lacks.
    ///
    /// What runs already cannot be helped; its lines are kept meanwhile, and so are results.
    private func holdUp(because error: ServiceError) {
        guard !isHeldUp else { return }
        isHeldUp = true
        logger.critical(
            "no program is started until the audit log can be written",
            metadata: ["error": "\(error)"],
        )
        Task { await self.carryOnOnceAudited() }
    }

    private func carryOnOnceAudited() async {
        while phase != .stopping {
            do {
                try await audit.catchUp()
                isHeldUp = false
                logger.notice("the audit log is whole again")
                return dispatch()
            } catch {
                try? await Task.sleep(for: .seconds(1))
            }
        }
    }
}
