import Foundation
import Glibc

extension ServiceConfiguration {
    /// `/var/lib/sanderling` for root, else `$XDG_DATA_HOME/sanderling` or `~/.local/share/sanderling`.
    package static func standardDataDirectory(
        environment: [String: String] = ProcessInfo.processInfo.environment
    ) -> String {
        if geteuid() == 0 { return "/var/lib/sanderling" }
        if let base = environment["XDG_DATA_HOME"], base.hasPrefix("/") { return base + "/sanderling" }
        return (environment["HOME"] ?? NSHomeDirectory()) + "/.local/share/sanderling"
    }

    /// Path of the database.
    package var databasePath: String { dataDirectory + "/service.sqlite" }

    /// Path of the audit log.
    package var auditLogPath: String { dataDirectory + "/audit.jsonl" }

    /// Path of the file that one running service holds locked.
    package var lockPath: String { dataDirectory + "/lock" }
}
