import ArgumentParser
import RunClient
import Service

/// `sanderling audit-log`: the service's record of who ran what.
struct AuditLogCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "audit-log",
        abstract: "Check the service's record of who ran what.",
        subcommands: [AuditLogVerifyCommand.self],
    )
}

/// `sanderling audit-log verify`: whether a line was changed or removed.
struct AuditLogVerifyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Check that no line of the audit log was changed or removed.",
        discussion: """
            Each line holds the hash of the one before it, and the database that of the last. Exits 0 when all fit, 1 \
            when a line was changed, removed or put in, 125 when it cannot be read.

            Example:
              sanderling audit-log verify --data /srv/sanderling
            """,
    )

    @OptionGroup var service: ServiceOptions

    func run() async throws {
        try await conclude {
            let configuration = try await service.load().configuration
            let store = try Store(configuration)
            defer { store.close() }
            let head = try await store.auditHead()
            let outcome = try AuditVerification(path: configuration.auditLogPath, head: head)
            guard let fault = outcome.fault else {
                try StandardStream.output.write("\(outcome.lines.of("line")), all in their place\n")
                return 0
            }
            StandardStream.error.tell("sanderling: \(configuration.auditLogPath): \(fault)".onOneLine)
            return ExitStatus.unmet
        }
    }
}
