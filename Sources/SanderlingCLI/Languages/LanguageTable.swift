import Languages
import RunClient

/// The languages as a table for people.
struct LanguageTable {
    let lines: [String]

    init(_ languages: [InstalledLanguage], style: Style) {
        var table = TextTable(
            [
                ("NAME", .left), ("VERSION", .left), ("FAMILY", .left), ("FILES", .left),
                ("TO INSTALL", .left),
            ],
            style: style,
        )
        for language in languages {
            let version = language.version?.onOneLine ?? (language.present ? "present" : "not installed")
            let files = language.extensions.map { "." + $0 }.joined(separator: " ").clipped(to: 30)
            table.add([
                .init(language.name, .bold),
                .init(version, language.present ? .green : .dim),
                .init(language.family.rawValue),
                .init(files),
                .init(language.install?.onOneLine ?? ""),
            ])
        }
        let present = languages.count { $0.present }
        lines = table.lines + ["", "\(present) of \(languages.count.of("language")) present"]
    }
}
