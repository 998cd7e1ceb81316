import ArgumentParser
import Foundation
import RunClient
import Service

/// `sanderling key list`: the keys, without their secrets.
struct KeyListCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "List the keys; the secrets themselves are not kept.",
    )

    @Option(help: "Form of the list.")
    var format = OutputFormat.text

    @OptionGroup var service: ServiceOptions

    /// A key as JSON shows it.
    private struct Entry: Encodable {
        var id: String
        var caller: String
        var scopes: [String]
        var created: String
        var revoked: String?
    }

    func run() async throws {
        try await conclude {
            let store = try Store(try await service.load().configuration)
            defer { store.close() }
            let entries = try await store.keys().map { key in
                Entry(
                    id: key.id,
                    caller: key.caller,
                    scopes: key.scopes.map(\.rawValue).sorted(),
                    created: key.createdAt.formatted(.iso8601),
                    revoked: key.revokedAt?.formatted(.iso8601),
                )
            }
            switch format {
            case .json: try StandardStream.output.write(try jsonText(entries))
            case .text:
                var table = TextTable(
                    [
                        ("KEY", .left), ("CALLER", .left), ("SCOPES", .left), ("MADE", .left),
                        ("REVOKED", .left),
                    ],
                    style: Style(for: .output),
                )
                for entry in entries {
                    table.add([
                        .init(entry.id, .bold), .init(entry.caller),
                        .init(entry.scopes.joined(separator: " ")),
                        .init(entry.created), .init(entry.revoked ?? ""),
                    ])
                }
                try StandardStream.output.write(table.lines.joined(separator: "\n") + "\n")
            }
            return 0
        }
    }
}
