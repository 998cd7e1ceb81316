import Foundation
import Glibc

/// The right to run submissions from a data directory, which one process has at a time.
///
/// The kernel takes it back however the process ends; flock(2).
package final class ServiceLock: Sendable {
    private let descriptor: Int32

    /// Takes the lock; makes the data directory where there is none.
    ///
    /// It comes before the database, which another service may have open in the form of an older version.
    ///
    /// - Throws: ``ServiceError`` of code `conflict` when another service has it, `storage` when the file cannot be made.
    package init(_ configuration: ServiceConfiguration) throws(ServiceError) {
        try configuration.makeDataDirectory()
        descriptor = open(configuration.lockPath, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            throw ServiceError(
                .storage,
                "\(configuration.lockPath) cannot be opened: \(String(cString: strerror(errno)))",
            )
        }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            close(descriptor)
            throw ServiceError(
                .conflict,
                "another service runs from \(configuration.dataDirectory)",
                mend: "stop it, or set another directory with --data",
            )
        }
    }

    deinit { close(descriptor) }
}
