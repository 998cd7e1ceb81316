import Glibc
import LinuxKernel
import LocalProtocol

/// The file of a local socket: made apart, given its owner and mode, and only then put where clients look.
struct LocalSocketFile {
    /// Where to listen.
    let temporaryPath: String
    private let path: String
    private let group: gid_t?

    /// The longest path that an address holds; unix(7).
    private static let longest = 107

    /// A place for a socket at `path`, which no other process listens at.
    init(_ path: String, group name: String) throws {
        self.path = path
        let suffix = ".\(getpid())"
        temporaryPath = path + suffix
        guard temporaryPath.utf8.count <= Self.longest else {
            throw LocalSocketError(
                "the path has more than \(Self.longest - suffix.utf8.count) bytes; set socket.path to a shorter one"
            )
        }
        var status = stat()
        if lstat(path, &status) == 0 {
            guard status.st_mode & S_IFMT == S_IFSOCK else {
                throw LocalSocketError("something else is there; move it or set socket.path to another place")
            }
            guard LocalSocket.connect(path) == nil else {
                throw LocalSocketError("another service listens there")
            }
        }
        if name.isEmpty {
            group = nil
        } else if let entry = getgrnam(name) {
            group = entry.pointee.gr_gid
        } else {
            throw LocalSocketError("there is no group \(name); make it or set socket.group to another")
        }
        unlink(temporaryPath)
    }

    /// Puts the socket where clients look, for whom it is meant.
    ///
    /// - Throws: `KernelError`; the socket is gone then.
    func publish() throws(KernelError) {
        do throws(KernelError) {
            if let group { try Self.check(lchown(temporaryPath, uid_t.max, group), "lchown") }
            try Self.check(chmod(temporaryPath, group == nil ? 0o600 : 0o660), "chmod")
            try Self.check(rename(temporaryPath, path), "rename")
        } catch {
            unlink(temporaryPath)
            throw error
        }
    }

    private static func check(_ result: Int32, _ call: String) throws(KernelError) {
        guard result == 0 else { throw KernelError(call: call, number: errno) }
    }

    func remove() { unlink(path) }
}

/// Why there is no local socket.
struct LocalSocketError: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}
