import Foundation
import Places

extension ServiceConfiguration {
    /// `/var/lib/sanderling` for root, else `$XDG_DATA_HOME/sanderling` or `~/.local/share/sanderling`.
    package static func standardDataDirectory(
        environment: (String) -> String? = { ProcessInfo.processInfo.environment[$0] }
    ) -> String {
        UserDirectories.data(environment: environment) ?? NSHomeDirectory() + "/.local/share/sanderling"
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

    /// Path of the file that one running service holds locked.
    package var lockPath: String { dataDirectory + "/lock" }

    /// Makes the data directory with mode 0700, where there is none.
    ///
    /// - Throws: ``ServiceError`` of code `storage`.
    func makeDataDirectory() throws(ServiceError) {
        do {
            try FileManager.default.createDirectory(
                atPath: dataDirectory,
                withIntermediateDirectories: true,
                attributes: [.posixPermissions: 0o700],
            )
        } catch {
            throw ServiceError(
                .storage,
                "the directory \(dataDirectory) cannot be made: \(error.localizedDescription)",
                mend: "make it, or set another with --data",
            )
        }
    }
}
