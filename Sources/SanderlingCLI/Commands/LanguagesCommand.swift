import ArgumentParser
import Languages

/// `sanderling languages`: what is known, and what of it this host has.
struct LanguagesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "languages",
        abstract: "List the languages, their versions here, and how to install the rest.",
        discussion: """
            A language is a definition file; drop one of your own into ~/.config/sanderling/languages to add \
            a language or to change one.

            Examples:
              sanderling languages
              sanderling languages --format json
            """,
    )

    @Option(help: "Form of the list.")
    var format = OutputFormat.text

    func run() async throws {
        try await conclude {
            let languages = try await InstalledLanguage.all(in: LanguageCatalog())
            switch format {
            case .json: try StandardStream.output.write(try jsonText(languages))
            case .text:
                let lines = LanguageTable(languages, style: Style(for: .output)).lines
                try StandardStream.output.write(lines.joined(separator: "\n") + "\n")
            }
            return 0
        }
    }
}
