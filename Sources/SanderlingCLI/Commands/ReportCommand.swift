import ArgumentParser
import Reporting
import RunClient
import SandboxModel

/// `sanderling report`: other forms of a batch's JSON report.
struct ReportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "report",
        abstract: "Turn a batch's JSON report into a page, JUnit XML, CSV, Markdown or SARIF.",
        discussion: """
            Examples:
              sanderling report output/results.json --html results.html
              sanderling report output/results.json --junit junit.xml --csv results.csv
              sanderling report output/results.json --markdown /dev/stdout
            """,
    )

    @Argument(help: "The JSON report of a batch.", completion: .file(extensions: ["json"]))
    var file: String

    @OptionGroup var forms: ReportForms

    mutating func validate() throws {
        guard !forms.paths.isEmpty else {
            throw ValidationError(
                "Say which report to write, such as --html \(file.dropSuffix(".json")).html."
            )
        }
    }

    func run() async throws {
        try await conclude {
            let reader = try BatchReports.reader(of: file)
            // A report that was cut off has no summary; what it holds is counted again.
            let summary = try reader.summary ?? BatchReports.summary(of: reader)
            for (form, path) in forms.paths {
                try BatchReports.write(form, to: ReportDestination(path), summary: summary, from: reader)
                StandardStream.error.tell("wrote \(path)")
            }
            return 0
        }
    }
}

extension String {
    fileprivate func dropSuffix(_ suffix: String) -> String {
        hasSuffix(suffix) ? String(dropLast(suffix.count)) : self
    }
}
