import ArgumentParser

/// `sanderling key`: who may call the service.
struct KeyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "key",
        abstract: "Make, list and revoke the keys with which callers reach the service.",
        discussion: """
            As soon as there is one key, every request needs one. A running service takes note at once.

            Examples:
              sanderling key create --caller classroom
              sanderling key create --caller grafana --scope admin
              sanderling key list
              sanderling key revoke key_8f3a0c5d1e2b
            """,
        subcommands: [KeyCreateCommand.self, KeyListCommand.self, KeyRevokeCommand.self],
    )
}
