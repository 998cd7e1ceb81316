import Foundation
import Glibc
import LinuxKernel
import SandboxModel

/// A file that the batch file names; read on the host, before anything runs.
struct FileOnHost {
    /// What can be wrong with it, for messages.
    struct Failure: Error {
        let message: String
    }

    let path: String

    init(_ path: String) { self.path = path }

    /// Whether it is a directory, symbolic links followed.
    var isDirectory: Bool { (status?.st_mode).map { $0 & S_IFMT == S_IFDIR } ?? false }

    /// Whether both are one file, by whatever names.
    func isSame(as other: Self) -> Bool {
        guard let own = status, let others = other.status else { return false }
        return own.st_ino == others.st_ino && own.st_dev == others.st_dev
    }

    /// Its contents.
    ///
    /// Only regular files are read, and none that is larger than a program's file can sensibly be: a device or a pipe
    /// would never end.
    func contents() throws(Failure) -> [UInt8] {
        let bytes: [UInt8]?
        do throws(KernelError) {
            bytes = try Self.contents(at: path)
        } catch {
            guard ![ENOENT, ENOTDIR].contains(error.number) else {
                throw Failure(message: "no such file: \(path.quoted)")
            }
            let reason = String(cString: strerror(error.number))
            throw Failure(message: "\(path.quoted) cannot be read: \(reason)")
        }
        guard let bytes else { throw Failure(message: "\(path.quoted) is not a regular file") }
        guard bytes.count <= Self.largest.bytes else {
            throw Failure(message: "\(path.quoted) is larger than \(Self.largest.written)")
        }
        return bytes
    }

    private static let largest = ByteCount.megabytes(64)

    /// `nil` where it is not a regular file.
    private static func contents(at path: String) throws(KernelError) -> [UInt8]? {
        // A device may do something when it is opened.
        guard try status(of: path).st_mode & S_IFMT == S_IFREG else { return nil }
        let file = try File.open(path, O_RDONLY | O_NONBLOCK | O_NOCTTY)
        guard try File.mode(of: file) & S_IFMT == S_IFREG else { return nil }
        return try File.contents(of: file, limit: largest.bytes + 1)
    }

    private var status: stat? { try? Self.status(of: path) }

    private static func status(of path: String) throws(KernelError) -> stat {
        var status = stat()
        guard stat(path, &status) == 0 else { throw KernelError(call: "stat", number: errno) }
        return status
    }
}

extension BatchReader {
    /// A path of the batch file, which starts from the file's own directory unless it is absolute.
    func absolute(_ path: String) -> String {
        URL(filePath: path, relativeTo: URL(filePath: directory, directoryHint: .isDirectory))
            .standardizedFileURL.path(percentEncoded: false)
    }
}
