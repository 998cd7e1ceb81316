import Foundation
import LanguageFiles
package import Languages
package import Logging
import ServiceLifecycle

/// The service without its interfaces: takes submissions, queues them fairly, runs them, and keeps what came of them.
///
/// Every interface, native or drop-in, is made of calls of this type; it knows nothing of HTTP. Each takes the
/// ``Caller`` on whose behalf it is made, and what belongs to another caller is as absent as what never was.
package actor ExecutionService: ServiceLifecycle.Service {
    enum Phase {
        case starting
        case serving
        case stopping
    }

    /// What the operator decided.
    package nonisolated let configuration: ServiceConfiguration
    /// The languages that can be asked for.
    package nonisolated let languages: LanguageCatalog
    /// What is kept.
    package nonisolated let store: Store
    nonisolated let runner: any ProgramRunner
    nonisolated let audit: AuditLog
    nonisolated let rules: SubmissionRules
    nonisolated let authentication: Authentication
    nonisolated let logger: Logger
    nonisolated let health: HealthProbe
    nonisolated let metrics = ServiceMetrics()

    var phase = Phase.starting
    var queue = FairQueue<LiveExecution>()
    /// Places in it of what is being written down, and comes into it then.
    var reserved = ReservedPlaces()
    /// What is being accepted under idempotency keys; whoever brings the same meanwhile waits for it.
    var beingAccepted: [IdempotencyKey.Name: (fingerprint: Data, settled: Promise<SettledSubmissions>)] = [:]
    /// Everything that waits or runs, by its id.
    var live: [ExecutionID: LiveExecution] = [:]
    var running: [String: Int] = [:]
    var runningCount = 0
    var allowances: [String: CallerAllowance] = [:]
    /// Whether nothing is started, as the audit log cannot be written.
    var isHeldUp = false
    /// Ends once the service has stopped and nothing runs any more.
    private nonisolated let stopped: AsyncStream<Never>
    nonisolated let stopping: AsyncStream<Never>.Continuation

    /// A service that is not running yet.
    ///
    /// - Parameters:
    ///   - configuration: What the operator decided.
    ///   - store: The database.
    ///   - audit: The audit log.
    ///   - languages: The languages that can be asked for.
    ///   - runner: What runs programs.
    ///   - logger: Told of failures; never of what programs hold or print.
    package init(
        configuration: ServiceConfiguration,
        store: Store,
        audit: AuditLog,
        languages: LanguageCatalog = LanguageCatalog(),
        runner: any ProgramRunner,
        logger: Logger,
    ) {
        self.configuration = configuration
        self.store = store
        self.audit = audit
        self.languages = languages
        self.runner = runner
        self.logger = logger
        rules = SubmissionRules(configuration: configuration, languages: languages)
        authentication = Authentication(store: store)
        health = HealthProbe(runner: runner, languages: languages, policy: configuration.policy)
        (stopped, stopping) = AsyncStream.makeStream()
    }

    /// Takes over what an earlier process left, and accepts submissions from then on.
    ///
    /// - Throws: ``ServiceError`` of code `storage`.
    package func prepare() async throws {
        let interrupted = try await store.recover(configuration.store.recovery, attempts: 3, at: Date())
        for one in interrupted {
            let ending = ExecutionEnding(state: .interrupted, finishedAt: .inMilliseconds)
            await conclude(AuditEntry(record: one.record, submission: one.submission, ending: ending))
        }
        var last = Int64(0)
        while true {
            let waiting = try await store.queued(after: last, count: 500)
            guard let final = waiting.last else { break }
            for one in waiting { enqueue(LiveExecution(one.submission)) }
            last = final.row
        }
        if !interrupted.isEmpty || queue.count > 0 {
            logger.notice(
                "took over what an earlier service left",
                metadata: ["queued": "\(queue.count)", "interrupted": "\(interrupted.count)"],
            )
        }
        phase = .serving
    }

    /// Runs submissions until the service is asked to stop, and then finishes or hands back.
    ///
    /// The database stays open, as those who waited are still to be answered from it.
    package func run() async throws {
        if phase == .starting { try await prepare() }
        dispatch()
        await withGracefulShutdownHandler {
            await withDiscardingTaskGroup { group in
                group.addTask { await self.keepHouse() }
                for await _ in stopped {}
                // Where the task was cancelled, nobody has asked it to stop.
                await Task.detached { await self.stop(within: .zero) }.value
                group.cancelAll()
            }
        } onGracefulShutdown: { [configuration] in
            Task { await self.stop(within: configuration.shutdownGrace) }
        }
    }
}
