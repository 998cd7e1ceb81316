import ArgumentParser
import Foundation
import SandboxModel
import Service

/// Where the service's configuration comes from.
struct ServiceOptions: ParsableArguments {
    @Option(help: ArgumentHelp("YAML or JSON file with settings. (default: none)", valueName: "file"))
    var config: String?

    @Option(
        help: ArgumentHelp(
            "Directory of the database and the audit log; the setting 'data'.",
            valueName: "directory",
        )
    )
    var data: String?

    @Option(
        name: .customLong("set"),
        parsing: .singleValue,
        help: ArgumentHelp("Set any setting: --set queue.length=100.", valueName: "key=value"),
    )
    var settings: [String] = []

    /// The configuration, with what the command itself sets in `flags`.
    func load(flags: [String: String] = [:]) async throws -> LoadedConfiguration {
        var flags = flags
        flags["data"] = data
        for setting in settings {
            guard let sign = setting.firstIndex(of: "="), sign > setting.startIndex else {
                throw Mistake(
                    "\(setting.quoted) sets nothing; write it as KEY=VALUE, such as --set queue.length=100"
                )
            }
            flags[String(setting[..<sign])] = String(setting[setting.index(after: sign)...])
        }
        let sources = try await ConfigurationSources(
            flags: flags,
            environment: ProcessInfo.processInfo.environment,
            file: config,
        )
        return try LoadedConfiguration(sources)
    }
}
