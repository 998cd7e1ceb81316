import ArgumentParser
import Foundation
import Languages
import RunClient
import SandboxModel
import Sanderling

/// `sanderling batch`: a file of samples, side by side, with reports.
struct BatchCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "batch",
        abstract: "Run a file of code samples and report on them.",
        discussion: """
            The file is YAML or JSON; docs/batch-file.md describes it. A small one:

              execution:
                default_timeout: 10
                code_samples:
                  - description: "Simple arithmetic"
                    code: "print(10 + 20)"
                    expect: {stdout: "30"}

            Examples:
              sanderling batch examples/quickstart/config.yaml
              sanderling batch samples.yaml --output results.json --junit junit.xml
              sanderling batch samples.yaml --repeat 5
              sanderling batch samples.yaml --resume

            Ctrl-C stops cleanly: the samples that run are ended, and what has finished is reported.

            Exit codes: 0 when every sample met its expectation, 1 when one did not, 2 for a file with \
            mistakes, 125 when the host refuses, 130 when interrupted, 64 for a usage mistake.
            """,
    )

    @Argument(help: "The batch file.", completion: .file(extensions: ["yaml", "yml", "json"]))
    var file: String?

    @Option(
        name: .shortAndLong,
        parsing: .unconditional,
        help: ArgumentHelp("Samples that run at once. (default: the processors)", valueName: "count"),
        transform: { try Int(quantity: $0, within: 1...1_024) },
    )
    var jobs: Int?

    @Option(
        name: .customLong("repeat"),
        parsing: .unconditional,
        help: ArgumentHelp("Run each sample so often, and show which are flaky.", valueName: "count"),
        transform: { try Int(quantity: $0, within: 1...10_000) },
    )
    var repeats: Int = 1

    @Option(
        defaultAsFlag: Resumption.ownReport,
        help: ArgumentHelp(
            "Skip what an earlier JSON report has finished; without a path, the report this batch writes.",
            valueName: "report",
        ),
        completion: .file(extensions: ["json"]),
    )
    var resume: Resumption?

    @Option(
        name: .shortAndLong,
        help: ArgumentHelp(
            "Write the JSON report here, in place of the file's 'output'.",
            valueName: "path",
        ),
        completion: .file(),
    )
    var output: String?

    @OptionGroup(title: "Further reports") var forms: ReportForms

    @Option(help: "Form of the results on standard output; json prints the whole report.")
    var format = OutputFormat.text

    @Flag(name: .shortAndLong, help: "Print the summary only.")
    var quiet = false

    @OptionGroup var cache: CacheOptions
    @OptionGroup var logging: LoggingOptions

    mutating func validate() throws {
        guard file == nil else { return }
        guard case .report(let path) = resume else { throw ValidationError("Give the batch file to run.") }
        throw ValidationError(
            "'--resume \(path)' takes '\(path)' for a report; put the batch file first: "
                + "sanderling batch \(path) --resume"
        )
    }

    func run() async throws {
        try await conclude {
            let path = file ?? ""
            let batch = try BatchFile(path: path, languages: BatchLanguages(LanguageCatalog()))
            let destinations = try BatchDestinations(
                batch.output,
                output: output,
                forms: forms,
                keeping: [("the batch file", path)]
                    + (batch.logging.file.map { [("the log file", $0)] } ?? []),
            )
            try logging.bootstrap(
                file: batch.logging.file.map {
                    (try LogDestination(path: $0), batch.logging.level.loggerLevel)
                }
            )
            let session = BatchSession(
                samples: batch.samples,
                destinations: destinations,
                includesDetails: batch.output.includeExecutionDetails,
                jobs: jobs ?? ProcessInfo.processInfo.activeProcessorCount,
                repeats: repeats,
                earlier: try EarlierResults(resume, ownReport: destinations.reportFile),
                format: format,
                isQuiet: quiet,
                isVerbose: logging.verbose,
                configuration: cache.configuration(in: isolation(of: batch.samples)),
            )
            do {
                return try await Interruption.cancelling { try await session.run() }
            } catch let refusal as BatchRefusal {
                for reason in refusal.reasons { StandardStream.error.tell("\(path):\(reason)".onOneLine) }
                return ExitStatus.failed
            }
        }
    }

    /// What is got ready at once: what every sample asks for, if that is one.
    private func isolation(of samples: [BatchSample]) -> IsolationKind {
        let kinds = Set(samples.map(\.policy.isolation))
        return kinds.count == 1 ? kinds.first ?? .namespaces : .namespaces
    }
}
