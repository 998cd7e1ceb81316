import Foundation

/// Where a report's path leads once every symbolic link in it has been followed.
public enum ReportDestination: Sendable, Hashable {
    /// A regular file, there already or yet to be made; its own path.
    case file(String)
    /// A device, a pipe or a socket, which is written to and never replaced.
    case node(String)
    /// A descriptor of this process, named as `/dev/stdout` or `/dev/fd/3`.
    case descriptor(CInt)

    /// Follows `path`.
    ///
    /// - Throws: ``UnfitDestination`` for a directory, a path through a file, or links that lead nowhere.
    public init(_ path: String) throws {
        var path = URL(fileURLWithPath: path).standardizedFileURL.path
        // As many links as the kernel follows; see path_resolution(7).
        for _ in 0..<40 {
            let url = URL(fileURLWithPath: path)
            let name = url.lastPathComponent
            guard let parent = Self.realPath(url.deletingLastPathComponent().path) else {
                let number = errno
                guard number == ENOENT else { throw UnfitDestination(path: path, number: number) }
                self = .file(path)
                return
            }
            // What lies here is no link that could be read: the file it stands for may have another name, or none.
            if parent == "/proc/\(getpid())/fd", let descriptor = CInt(name) {
                self = .descriptor(descriptor)
                return
            }
            path = parent == "/" ? "/" + name : parent + "/" + name
            var status = stat()
            guard lstat(path, &status) == 0 else {
                let number = errno
                guard number == ENOENT else { throw UnfitDestination(path: path, number: number) }
                self = .file(path)
                return
            }
            switch status.st_mode & S_IFMT {
            case S_IFREG:
                self = .file(path)
                return
            case S_IFLNK:
                let target = try FileManager.default.destinationOfSymbolicLink(atPath: path)
                path = target.hasPrefix("/") ? target : parent + "/" + target
            case S_IFDIR: throw UnfitDestination(path: path, number: EISDIR)
            default:
                self = .node(path)
                return
            }
        }
        throw UnfitDestination(path: path, number: ELOOP)
    }

    /// The regular file, if it is one.
    public var file: String? {
        if case .file(let path) = self { path } else { nil }
    }

    /// Refuses a destination that cannot be written, before there is anything to write; nothing is made or changed.
    ///
    /// - Throws: ``UnfitDestination`` with the directory or file that stands in the way.
    public func checkWritable() throws(UnfitDestination) {
        switch self {
        case .descriptor(let number):
            let flags = fcntl(number, F_GETFL)
            guard flags >= 0, flags & O_ACCMODE != O_RDONLY else {
                throw UnfitDestination(path: "/dev/fd/\(number)", number: EBADF)
            }
        case .node(let path):
            guard access(path, W_OK) == 0 else { throw UnfitDestination(path: path, number: errno) }
        case .file(let path):
            // The directories that are missing are made in the nearest that is there.
            var directory = URL(fileURLWithPath: path).deletingLastPathComponent().path
            var status = stat()
            while stat(directory, &status) != 0 {
                let number = errno
                guard number == ENOENT, directory != "/" else {
                    throw UnfitDestination(path: directory, number: number)
                }
                directory = URL(fileURLWithPath: directory).deletingLastPathComponent().path
            }
            guard status.st_mode & S_IFMT == S_IFDIR else {
                throw UnfitDestination(path: directory, number: ENOTDIR)
            }
            guard access(directory, W_OK | X_OK) == 0 else {
                throw UnfitDestination(path: directory, number: errno)
            }
        }
    }

    private static func realPath(_ path: String) -> String? {
        guard let resolved = realpath(path, nil) else { return nil }
        defer { free(resolved) }
        return String(cString: resolved)
    }
}

/// Why a report cannot be written where it should go.
public struct UnfitDestination: Error, Sendable, Hashable, CustomStringConvertible {
    /// The file or directory that stands in the way.
    public let path: String
    /// What the system says of it, as an `errno`.
    public let number: CInt

    /// The path and the system's words.
    public var description: String { "\(path): \(String(cString: strerror(number)))" }
}
