import Foundation
import Glibc
import LinuxKernel
import Reporting

/// The audit log: a file to which one line a submission is added, each chained to the one before.
package actor AuditLog {
    private let path: String
    private let descriptor: Descriptor
    private var head: AuditHead
    /// What could not be written yet, in order.
    private var unwritten: [[(key: String, value: JSONValue)]] = []

    /// Opens the log at `path`, which is made where there is none.
    ///
    /// A last line that a killed process left half written is cut off: nobody was told of what it says.
    ///
    /// - Throws: ``ServiceError`` of code `storage`.
    package init(path: String) throws(ServiceError) {
        do {
            self.path = path
            var whole = UInt64(0)
            var last = AuditHead.empty
            if FileManager.default.fileExists(atPath: path) {
                try AuditVerification.forEachLine(of: path) { line, end in
                    whole = end
                    if case .success(let chain) = AuditLine.read(line) {
                        last = AuditHead(number: chain.number, hash: chain.hash)
                    }
                    return true
                }
            }
            head = last
            descriptor = try File.open(path, O_WRONLY | O_CREAT | O_APPEND, mode: 0o600)
            guard ftruncate(descriptor.number, off_t(whole)) == 0 else {
                throw KernelError(call: "ftruncate", number: errno)
            }
        } catch {
            throw ServiceError(.storage, "the audit log \(path) cannot be opened: \(error)")
        }
    }

    /// Adds a line; returns the new head of the chain.
    ///
    /// - Throws: ``ServiceError`` of code `storage`, such as for no space; the line is then kept in memory, and written
    ///   with the next or by ``catchUp()``.
    func append(_ entry: AuditEntry) throws(ServiceError) -> AuditHead {
        unwritten.append(entry.members())
        try catchUp()
        return head
    }

    /// Writes what could not be written before.
    ///
    /// - Throws: ``ServiceError`` of code `storage` while that still fails: nothing more is to be accepted then.
    func catchUp() throws(ServiceError) {
        while let entry = unwritten.first {
            let line = AuditLine(entry, after: head)
            let end = lseek(descriptor.number, 0, SEEK_END)
            do {
                try File.write(line.bytes, to: descriptor)
            } catch {
                // Half a line would break the chain for the next.
                _ = ftruncate(descriptor.number, end)
                throw ServiceError(
                    .storage,
                    "the audit log \(path) cannot be written: \(error)",
                    mend: "see that its disk has room and is writable",
                    retryAfter: .seconds(10),
                )
            }
            head = line.head
            unwritten.removeFirst()
        }
    }
}
