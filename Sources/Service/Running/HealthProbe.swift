package import Foundation
import Languages
package import SandboxModel

/// What running a small program came to.
package struct HealthReport: Sendable, Hashable {
    /// Whether it ran as it should, behind every wall that is asked for.
    package var isHealthy: Bool
    /// What is wrong, or `nil`.
    package var problem: String?
    /// The language it was written in.
    package var language: String?
    /// Real time from asking to its record.
    package var time: Duration
    /// The walls that stood around it.
    package var isolation: Isolation?
    /// When it ran.
    package var at: Date
}

/// Finds out whether programs run, by running one.
package actor HealthProbe {
    private let runner: any ProgramRunner
    private let languages: LanguageCatalog
    private let policy: ServiceConfiguration.PolicyBounds
    private var latest: (report: HealthReport, at: ContinuousClock.Instant)?
    private var probe: Task<HealthReport, Never>?

    init(runner: any ProgramRunner, languages: LanguageCatalog, policy: ServiceConfiguration.PolicyBounds) {
        self.runner = runner
        self.languages = languages
        self.policy = policy
    }

    /// The report of a program that ran at most `age` ago.
    ///
    /// However many ask, one program runs at a time.
    package func report(notOlderThan age: Duration = .seconds(1)) async -> HealthReport {
        if let latest, latest.at.duration(to: .now) <= age { return latest.report }
        if let probe { return await probe.value }
        let task = Task { await self.run() }
        probe = task
        let report = await task.value
        probe = nil
        latest = (report, .now)
        return report
    }

    private func run() async -> HealthReport {
        let begun = ContinuousClock.now
        var report = HealthReport(isHealthy: false, time: .zero, at: Date())
        defer { report.time = begun.duration(to: .now) }
        guard let language = ["sh", "bash", "python"].first(where: { (try? languages.resolve($0)) != nil })
        else {
            report.problem = "no language is installed that a small program could be written in"
            return report
        }
        report.language = language
        let code = language == "python" ? "print(6 * 7)" : "echo $((6 * 7))"
        let submission = Submission(
            program: Program(language: language, code: code),
            policy: Policy(allowMissing: Set(policy.allowMissing)),
            limits: Limits(
                wallTime: .seconds(5),
                cpuTime: .seconds(5),
                memory: .megabytes(64),
                processes: 8,
            ),
        )
        do {
            let result = try await runner.run(submission, interaction: nil) { _ in }
            report.isolation = result.isolation
            if result.verdict != .ok || result.stdout.text != "42\n" {
                report.problem = "a small program ended with '\(result.verdict.rawValue)'"
            } else {
                report.isHealthy = true
            }
        } catch {
            report.problem = "\(error)"
        }
        report.time = begun.duration(to: .now)
        return report
    }
}

extension ExecutionService {
    /// Whether a program runs, by running one; at most a second old.
    package nonisolated func healthReport() async -> HealthReport { await health.report() }

    /// Whether submissions are taken and run behind every wall that was asked for; at most ten seconds old.
    ///
    /// Returns `nil` when they do, and what is wrong otherwise.
    package func unreadiness() async -> String? {
        guard phase == .serving else { return "the service is not taking submissions" }
        do throws(ServiceError) { try await audit.catchUp() } catch { return error.message }
        let report = await health.report(notOlderThan: .seconds(10))
        return report.problem
    }
}
