import Foundation
import Glibc

extension ServiceConfiguration {
    /// `/var/lib/sanderling` for root, else `$XDG_DATA_HOME/sanderling` or `~/.local/share/sanderling`.
    package static func standardDataDirectory(
        environment: (String) -> String? = { ProcessInfo.processInfo.environment[$0] }
    ) -> String {
        if geteuid() == 0 { return "/var/lib/sanderling" }
        if let base = environment("XDG_DATA_HOME"), base.hasPrefix("/") { return base + "/sanderling" }
        return (environment("HOME") ?? NSHomeDirectory()) + "/.local/share/sanderling"
    }

    /// Path of the database.
    package var databasePath: String { dataDirectory + "/service.sqlite" }

    /// Path of the audit log.
    package var auditLogPath: String { dataDirectory + "/audit.jsonl" }

    /// Path of the socket for `sanderling run`, or `nil` where there is to be none.
    package var socketPath: String? {
        if socket.path.isEmpty { return nil }
        return socket.path.hasPrefix("/") ? socket.path : dataDirectory + "/" + socket.path
    }

    /// Where `sanderling run` looks for a service's socket, in this order.
    ///
    /// `SANDERLING_SOCKET` names the only one to look at; an empty one is none.
    package static func socketPaths(environment: (String) -> String?) -> [String] {
        if let named = environment("SANDERLING_SOCKET") { return named.isEmpty ? [] : [named] }
        let own = standardDataDirectory(environment: environment) + "/" + Socket().path
        return [own, "/run/sanderling/service.sock"]
    }

    /// Path of the file that one running service holds locked.
    package var lockPath: String { dataDirectory + "/lock" }
}
