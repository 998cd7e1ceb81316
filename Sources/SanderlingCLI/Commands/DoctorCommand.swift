import ArgumentParser
import RunClient
import SandboxModel
import Sanderling

/// `sanderling doctor`: what this host can enforce.
struct DoctorCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor",
        abstract: "Say what this host can enforce, layer by layer, with a mend for each problem.",
        discussion: """
            Each layer is tried, not guessed. A layer that cannot be enforced refuses every program that needs \
            it, unless it is named in --allow-missing. Exits 0 when all are enforced, 1 otherwise; for another \
            isolation, when all are that it can have. As text, it also says which OCI runtimes there are and \
            whether each runs programs, which is no part of the exit code.

            Examples:
              sanderling doctor
              sanderling doctor --format json
              sanderling doctor --isolation landlock
              sanderling doctor --isolation oci:crun
            """,
    )

    @Option(help: "Form of the survey.")
    var format = OutputFormat.text

    @Option(
        help: ArgumentHelp(
            """
            What programs are to be kept in by: namespaces, landlock, or an OCI runtime, as in oci:crun. \
            (default: namespaces)
            """,
            valueName: "kind",
        )
    )
    var isolation: IsolationKind?

    func run() async throws {
        try await conclude {
            let kind = isolation ?? .namespaces
            let reports = await HostSurvey.survey(of: kind)
            let lacking = reports.filter { !$0.isEnforced && !kind.absentLayers.contains($0.layer) }
            switch format {
            case .json: try StandardStream.output.write(try jsonText(reports.map(LayerRecord.init)))
            case .text:
                var lines = LayerList(reports, of: kind, style: Style(for: .output)).lines
                if isolation == nil {
                    let runtimes = await HostSurvey.runtimes()
                    lines += ["", "OCI runtimes, for --isolation oci:NAME"]
                    lines += RuntimeList(runtimes, style: Style(for: .output)).lines
                }
                try StandardStream.output.write(lines.joined(separator: "\n") + "\n")
            }
            return lacking.isEmpty ? 0 : ExitStatus.unmet
        }
    }
}
