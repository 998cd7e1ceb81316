import Catalogue
import Crypto
import Foundation
import RunClient
import SandboxModel
import Sanderling

/// One run of the catalogue, from the host's consent to the receipt.
struct ProveSession: Sendable {
    let attacks: [AttackCase]
    let paths: [ProvePath]
    let concurrency: Int?
    let isolation: IsolationKind
    let format: OutputFormat
    let destination: ReceiptDestination?
    let key: Curve25519.Signing.PrivateKey?
    let isVerbose: Bool

    /// Runs the attacks, gives the receipt, and returns the command's exit code.
    func run() async throws -> Int32 {
        let (date, start) = (Date(), ContinuousClock.now)
        let layers = await HostSurvey.survey(of: isolation)
        let prover = Prover(
            attacks,
            paths: paths,
            concurrency: concurrency ?? ProcessInfo.processInfo.activeProcessorCount,
            isolation: isolation,
        )
        let records = try await prove(with: prover)
        let (host, kernel) = HostDescription.current()
        let receipt = Receipt(
            sanderling: SanderlingVersion.current,
            host: host,
            kernel: kernel,
            isolation: isolation,
            layers: layers.map(LayerState.init),
            startedAt: date.formatted(.iso8601),
            duration: start.duration(to: .now).inSeconds,
            paths: paths,
            cases: records,
        )
        let signed = try SignedReceipt(receipt, key: key)
        try destination?.write(signed.text)
        switch format {
        case .json: try StandardStream.output.write(signed.text)
        case .text:
            let lines = ReceiptText(receipt, style: Style(for: .output)).lines
            try StandardStream.output.write(lines.joined(separator: "\n") + "\n")
        }
        return receipt.proves ? 0 : ExitStatus.unmet
    }

    private func prove(with prover: Prover) async throws -> [CaseRecord] {
        let total = try prover.census().runnable.count * paths.count
        let progress = ProgressLine(
            ProveProgress(total: total),
            isShown: StandardStream.error.isTerminal && !isVerbose,
        )
        let ticking = Task { await progress.tick() }
        defer {
            ticking.cancel()
            progress.end()
        }
        return try await prover.prove { event in
            progress.observe(event)
            guard case .finished(let attack, let record) = event, record.outcome != .contained else { return }
            // Told at once: a run takes minutes.
            let reasons = record.findings.joined(separator: "; ")
            let isKnown = attack.isKnown(by: record.findings)
            let outcome = isKnown ? "gets through as SECURITY.md says" : "not contained"
            progress.aside {
                StandardStream.error.tell(
                    "\(outcome), \(record.path.rawValue): \(attack.id): \(reasons)".onOneLine
                )
            }
        }
    }
}
