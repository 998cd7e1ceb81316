import ArgumentParser
import Logging
import Sanderling
import Service
import ServiceHTTP

/// `sanderling serve`: the service.
struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract: "Serve an HTTP interface that runs programs.",
        discussion: """
            Submissions are kept in a database from the moment they are accepted; what waits when the service is \
            stopped runs at the next start. Without keys only this machine can reach it. docs/service.md describes the \
            interface and every setting.

            Examples:
              sanderling serve
              sanderling serve --port 9000 --data /srv/sanderling
              sanderling key create --caller classroom && sanderling serve --host 0.0.0.0

            Exit codes: 0 when it was asked to stop and has, 2 for a mistake in the configuration, 125 when it could not \
            start, 64 for a usage mistake.
            """,
    )

    @Option(help: "Name or address to listen on; the setting 'http.host'.")
    var host: String?

    @Option(help: "TCP port; 0 lets the system choose; the setting 'http.port'.")
    var port: Int?

    @OptionGroup var service: ServiceOptions

    @OptionGroup var logging: LoggingOptions

    func run() async throws {
        try await conclude {
            var flags: [String: String] = [:]
            flags["http.host"] = host
            flags["http.port"] = port.map { String($0) }
            let loaded = try await service.load(flags: flags)
            LoggingOptions.bootstrap(
                verbose: logging.verbose,
                file: logging.verbose ? nil : (.standardError, .notice),
            )
            try await ServiceProcess(loaded.configuration).run()
            return 0
        }
    }
}
