import ArgumentParser
import RunClient
import Sanderling

/// `sanderling doctor`: what this host can enforce.
struct DoctorCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor",
        abstract: "Say what this host can enforce, layer by layer, with a mend for each problem.",
        discussion: """
            Each layer is tried, not guessed. A layer that cannot be enforced refuses every program that needs \
            it, unless it is named in --allow-missing. Exits 0 when all are enforced, 1 otherwise.

            Examples:
              sanderling doctor
              sanderling doctor --format json
            """,
    )

    @Option(help: "Form of the survey.")
    var format = OutputFormat.text

    func run() async throws {
        try await conclude {
            let reports = await HostSurvey.survey()
            switch format {
            case .json: try StandardStream.output.write(try jsonText(reports.map(LayerRecord.init)))
            case .text:
                let lines = LayerList(reports, style: Style(for: .output)).lines
                try StandardStream.output.write(lines.joined(separator: "\n") + "\n")
            }
            return reports.allSatisfy(\.isEnforced) ? 0 : ExitStatus.unmet
        }
    }
}
