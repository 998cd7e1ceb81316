import ArgumentParser
import RunClient
import Service

/// `sanderling config`: the service's configuration.
struct ConfigCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "config",
        abstract: "Show the service's configuration.",
        subcommands: [ConfigShowCommand.self],
    )
}

/// `sanderling config show`: every setting, its value, and where that comes from.
struct ConfigShowCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Show every setting, its value and where that comes from; secrets are hidden.",
        discussion: """
            Settings come from the command line, then from variables such as SANDERLING_QUEUE_LENGTH, then from the file \
            that --config names. Exits 0 when all are in order; 2, with every mistake, when they are not.

            Examples:
              sanderling config show
              sanderling config show --config service.yaml --format json
            """,
    )

    @Option(help: "Form of the list.")
    var format = OutputFormat.text

    @OptionGroup var service: ServiceOptions

    /// A setting as JSON shows it.
    private struct Entry: Encodable {
        var key: String
        var value: String
        var origin: String
        var variable: String
        var summary: String
    }

    func run() async throws {
        try await conclude {
            let lines = try await service.load().lines
            switch format {
            case .json:
                let entries = lines.map { setting, value, origin in
                    Entry(
                        key: setting.key,
                        value: value,
                        origin: origin,
                        variable: setting.variable,
                        summary: setting.summary,
                    )
                }
                try StandardStream.output.write(try jsonText(entries))
            case .text:
                var table = TextTable(
                    [("SETTING", .left), ("VALUE", .left), ("FROM", .left)],
                    style: Style(for: .output),
                )
                for (setting, value, origin) in lines {
                    let isDefault = origin == "default"
                    table.add([
                        .init(setting.key, .bold), .init(value.onOneLine),
                        .init(origin.onOneLine, isDefault ? .dim : .green),
                    ])
                }
                try StandardStream.output.write(table.lines.joined(separator: "\n") + "\n")
            }
            return 0
        }
    }
}
