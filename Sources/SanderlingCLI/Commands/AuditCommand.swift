import ArgumentParser
import Languages
import Reporting
import RunClient
import SandboxModel
import Sanderling

/// `sanderling audit`: a look at a program that does not run it.
struct AuditCommand: AsyncParsableCommand {
    /// The form of the findings.
    enum Format: String, CaseIterable, ExpressibleByArgument {
        case text, json, sarif
    }

    static let configuration = CommandConfiguration(
        commandName: "audit",
        abstract: "Look at a program without running it, and list what is suspicious.",
        discussion: """
            Python programs are read by bandit, itself run in a sandbox. A finding says where to look; it \
            permits and refuses nothing. Exits 0 when nothing was found, 1 when something was.

            Examples:
              sanderling audit script.py
              sanderling audit script.py --format sarif > findings.sarif
            """,
    )

    @OptionGroup var source: ProgramOptions

    @Option(help: "Form of the findings.")
    var format = Format.text

    @OptionGroup var logging: LoggingOptions

    func run() async throws {
        try await conclude {
            logging.bootstrap()
            let request = try ProgramRequest(source, in: LanguageCatalog())
            guard request.definition.name == "python" else {
                throw Mistake(
                    "there is no analyser for \(request.definition.displayName); Python programs can be audited"
                )
            }
            let findings = try await Interruption.cancelling {
                try await withSandbox { sandbox in
                    try await ProgramAudit.findings(in: request.program, sandbox: sandbox)
                }
            }
            let report = AuditReport(findings: findings, program: request.program)
            switch format {
            case .text:
                let lines = report.lines(style: Style(for: .output))
                try StandardStream.output.write(lines.joined(separator: "\n") + "\n")
            case .json: try StandardStream.output.write(try jsonText(findings))
            case .sarif: try StandardStream.output.write(try report.sarif)
            }
            return findings.isEmpty ? 0 : ExitStatus.unmet
        }
    }
}
