import ArgumentParser
import Reporting

/// Reports beside the JSON, and where each goes.
struct ReportForms: ParsableArguments {
    @Option(help: ArgumentHelp("Write a self-contained page.", valueName: "path"), completion: .file())
    var html: String?

    @Option(
        help: ArgumentHelp("Write JUnit XML, for continuous integration.", valueName: "path"),
        completion: .file(),
    )
    var junit: String?

    @Option(
        help: ArgumentHelp("Write comma-separated values, a row for each sample.", valueName: "path"),
        completion: .file(),
    )
    var csv: String?

    @Option(help: ArgumentHelp("Write a Markdown summary.", valueName: "path"), completion: .file())
    var markdown: String?

    @Option(
        help: ArgumentHelp("Write SARIF, for code-scanning tools.", valueName: "path"),
        completion: .file(),
    )
    var sarif: String?

    /// The reports that were asked for, in a fixed order.
    var paths: [(form: ReportFormat, path: String)] {
        let given: [(ReportFormat, String?)] = [
            (.html, html), (.junit, junit), (.csv, csv), (.markdown, markdown), (.sarif, sarif),
        ]
        return given.compactMap { form, path in path.map { (form, $0) } }
    }
}
