import ArgumentParser
import RunClient
import SandboxModel
import Service

/// `sanderling key create`: makes a key and shows it, once.
struct KeyCreateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "create",
        abstract: "Make a key, and print it: it is shown this once, and only its digest is kept.",
    )

    @Option(
        help: ArgumentHelp(
            "Whose it is. Keys of one caller share everything that is the caller's.",
            valueName: "name",
        )
    )
    var caller: String

    @Option(
        name: .customLong("scope"),
        parsing: .singleValue,
        help: "What it permits: submit, read, admin. (default: submit and read)",
    )
    var scopes: [Scope] = []

    @Option(
        help: ArgumentHelp(
            "Most time of a program of this caller's, and of its compiler.",
            valueName: "time",
        ),
        transform: { try Duration(quantity: $0, within: LimitRange.wallTime) },
    )
    var time: Duration?

    @Option(
        help: ArgumentHelp(
            "Most memory of a program of this caller's, and of its compiler.",
            valueName: "size",
        ),
        transform: { try ByteCount(quantity: $0, within: LimitRange.memory) },
    )
    var memory: ByteCount?

    @Option(
        help: ArgumentHelp("Most programs of this caller's that run at once.", valueName: "count"),
        transform: { try Int(quantity: $0, within: 1...4_096) },
    )
    var concurrency: Int?

    @Option(
        help: ArgumentHelp("Most submissions of this caller's a minute.", valueName: "count"),
        transform: { try Int(quantity: $0, within: 1...100_000_000) },
    )
    var rate: Int?

    @Option(help: "Form of the answer.")
    var format = OutputFormat.text

    @OptionGroup var service: ServiceOptions

    func run() async throws {
        try await conclude {
            guard Caller.isName(caller) else {
                throw Mistake(
                    "\(caller.quoted) cannot be a caller's name: letters, digits, '.', '-' and '_', at most 64"
                )
            }
            let store = try Store(try await service.load().configuration)
            defer { store.close() }
            let key = APIKey()
            let record = try await store.add(
                key,
                caller: caller,
                scopes: scopes.isEmpty ? [.submit, .read] : Set(scopes),
                ceilings: CallerCeilings(
                    wallTime: time,
                    memory: memory,
                    concurrency: concurrency,
                    rate: rate,
                ),
            )
            switch format {
            case .json:
                try StandardStream.output.write(
                    try jsonText(["id": record.id, "caller": caller, "key": key.secret])
                )
            case .text:
                try StandardStream.output.write(key.secret + "\n")
                StandardStream.error.tell(
                    "\(record.id) of \(caller): \(record.scopes.map(\.rawValue).sorted().joined(separator: ", "))"
                )
            }
            return 0
        }
    }
}

extension Scope: ExpressibleByArgument {}
