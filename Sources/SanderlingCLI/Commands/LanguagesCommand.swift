import ArgumentParser
import LanguageFiles
import Languages
import RunClient

/// `sanderling languages`: what is known, and what of it this host has.
struct LanguagesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "languages",
        abstract: "List the languages, their versions here, and how to install the rest.",
        discussion: """
            A language is a definition file; drop one of your own into ~/.config/sanderling/languages to add \
            a language or to change one. One with a mistake is named on standard error and left out of the \
            list. Exits 0 when every definition can be used, 1 otherwise.

            Examples:
              sanderling languages
              sanderling languages --format json
            """,
    )

    @Option(help: "Form of the list.")
    var format = OutputFormat.text

    func run() async throws {
        try await conclude {
            let survey = LanguageCatalog().survey()
            let languages = await InstalledLanguage.all(survey.definitions)
            switch format {
            case .json: try StandardStream.output.write(try jsonText(languages))
            case .text:
                let lines = LanguageTable(languages, style: Style(for: .output)).lines
                try StandardStream.output.write(lines.joined(separator: "\n") + "\n")
            }
            for (_, mistake) in survey.mistakes.sorted(by: { $0.key < $1.key }) { ErrorLines(mistake).tell() }
            return survey.mistakes.isEmpty ? 0 : ExitStatus.unmet
        }
    }
}
