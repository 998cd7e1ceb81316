import ArgumentParser
import SandboxModel
import Service

/// `sanderling key revoke`: ends a key.
struct KeyRevokeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "revoke",
        abstract: "End a key, at once and for good. What its caller has submitted stays the caller's.",
    )

    @Argument(help: "The key's name, as 'sanderling key list' shows it.")
    var key: String

    @OptionGroup var service: ServiceOptions

    func run() async throws {
        try await conclude {
            let store = try Store(try await service.load().configuration)
            defer { store.close() }
            guard try await store.revoke(key) else {
                throw Mistake(
                    "there is no key \(key.quoted) that is not revoked already; see 'sanderling key list'"
                )
            }
            return 0
        }
    }
}
