import Foundation
import Languages
package import SandboxModel
import Sanderling

/// Runs attacks in sandboxes of this host, and says what came of each.
///
/// It asks for what every caller of the library can ask for, and for no wall to be missing. An attack whose walls another
/// isolation than namespaces does not have is skipped.
package struct Prover: Sendable {
    private let cases: [AttackCase]
    private let paths: [ProvePath]
    private let concurrency: Int
    private let isolation: IsolationKind
    private let languages = LanguageCatalog()

    fileprivate typealias Attempted = (id: String, record: PathRecord)

    /// What happens while attacks run.
    package enum Event: Sendable {
        /// An attack was begun on a path.
        case started(AttackCase, ProvePath)
        /// An attack has ended on a path.
        case finished(AttackCase, PathRecord)
    }

    /// A prover of `cases` on `paths`, up to `concurrency` at once; those that are measured by counts of the whole host run alone.
    package init(
        _ cases: [AttackCase],
        paths: [ProvePath] = ProvePath.allCases,
        concurrency: Int,
        isolation: IsolationKind = .namespaces,
    ) {
        precondition(concurrency > 0, "attacks run at least one at a time")
        self.cases = cases.map { $0.kept(in: isolation) }
        self.isolation = isolation
        self.paths = paths
        self.concurrency = concurrency
    }

    /// The attacks that can run here, and records of those that cannot, as their language is not installed or their walls are
    /// not of this isolation.
    ///
    /// - Throws: ``/SandboxModel/SandboxError`` for a language that nobody knows.
    package func census() throws -> (runnable: [AttackCase], skipped: [CaseRecord]) {
        var (runnable, skipped): ([AttackCase], [CaseRecord]) = ([], [])
        for attack in cases {
            if let reason = attack.obstacle(in: isolation) {
                skipped.append(CaseRecord(attack, skipped: reason))
                continue
            }
            do {
                try resolve(attack)
                runnable.append(attack)
            } catch let error as SandboxError where error.code == .languageNotInstalled {
                skipped.append(CaseRecord(attack, skipped: "\(error)"))
            }
        }
        return (runnable, skipped)
    }

    /// Looks for the languages of an attack on this host.
    private func resolve(_ attack: AttackCase) throws {
        for program in attack.programs { _ = try languages.resolve(program.program.language) }
    }

    /// Runs every attack on every path.
    ///
    /// Cancelling the task ends what runs and leaves nothing behind.
    ///
    /// - Parameter observe: Told what happens as it happens, by several threads.
    /// - Returns: A record of each attack, in the order they were given.
    /// - Throws: `CancellationError`; ``/SandboxModel/SandboxError`` when this host refuses a sandbox; the system's error when there
    ///   can be no bait.
    package func prove(observe: @escaping @Sendable (Event) -> Void = { _ in }) async throws -> [CaseRecord] {
        BaitFiles.sweep()
        let (runnable, skipped) = try census()
        var records: [String: [PathRecord]] = [:]
        for path in paths {
            for (id, record) in try await prove(runnable, on: path, observe: observe) {
                records[id, default: []].append(record)
            }
        }
        let others = Dictionary(uniqueKeysWithValues: skipped.map { ($0.id, $0) })
        return cases.map { attack in others[attack.id] ?? CaseRecord(attack, paths: records[attack.id] ?? [])
        }
    }

    private func prove(
        _ attacks: [AttackCase],
        on path: ProvePath,
        observe: @escaping @Sendable (Event) -> Void,
    ) async throws -> [Attempted] {
        let cache = FileManager.default.temporaryDirectory
            .appending(path: "sanderling-prove-\(UUID().uuidString)").path(percentEncoded: false)
        defer { try? FileManager.default.removeItem(atPath: cache) }
        return try await withSandbox(path.configuration(cache: cache, isolation: isolation)) { sandbox in
            let readiness = path == .warm ? Readiness(of: sandbox, languages: languages) : nil
            let attempt = Attempt(sandbox: sandbox, path: path, readiness: readiness, observe: observe)
            // Those that need the same cells one after another, as these are kept for half a minute.
            let ordered =
                path == .warm ? attacks.sorted { Readiness.order($0) < Readiness.order($1) } : attacks
            let beside = ordered.filter { !$0.runsAlone }
            var records = try await attempt.all(beside, atOnce: concurrency)
            for attack in ordered where attack.runsAlone { records.append(try await attempt.one(attack)) }
            return records
        }
    }
}

/// Runs attacks in one sandbox.
private struct Attempt: Sendable {
    let sandbox: Sandbox
    let path: ProvePath
    let readiness: Readiness?
    let observe: @Sendable (Prover.Event) -> Void

    /// Runs one attack.
    func one(_ attack: AttackCase) async throws -> Prover.Attempted {
        observe(.started(attack, path))
        let record = try await AttackRun(attack, in: sandbox, on: path, readiness: readiness).record()
        observe(.finished(attack, record))
        return (attack.id, record)
    }

    /// Runs attacks side by side.
    func all(_ attacks: [AttackCase], atOnce concurrency: Int) async throws -> [Prover.Attempted] {
        try await withThrowingTaskGroup(of: Prover.Attempted.self) { group in
            var records: [Prover.Attempted] = []
            for (position, attack) in attacks.enumerated() {
                if position >= concurrency, let record = try await group.next() { records.append(record) }
                group.addTask { try await one(attack) }
            }
            for try await record in group { records.append(record) }
            return records
        }
    }
}
