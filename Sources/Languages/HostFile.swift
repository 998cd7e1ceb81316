import Glibc
import SandboxModel

/// Plain look-ups in the host's file system.
enum HostFile {
    /// The path with every link followed, or `nil` when there is no such file.
    static func realPath(_ path: String) -> String? {
        guard let resolved = realpath(path, nil) else { return nil }
        defer { free(resolved) }
        return String(cString: resolved)
    }

    /// What is found by a file's name.
    enum Contents {
        case bytes([UInt8])
        /// There is nothing by that name, as far as this process may see.
        case absent
        /// There is something, and why it tells nothing.
        case unreadable(String)
    }

    /// The bytes of a regular file of at most `limit` bytes.
    static func read(_ path: String, limit: Int = 1 << 20) -> Contents {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else {
            let number = errno
            // EACCES may as well be of a directory on the way, in which nothing is there for this process.
            let isAbsent = [ENOENT, ENOTDIR].contains(number) || (number == EACCES && !exists(path))
            return isAbsent ? .absent : .unreadable(String(cString: strerror(number)))
        }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { return .unreadable(String(cString: strerror(errno))) }
        guard status.st_mode & S_IFMT == S_IFREG else { return .unreadable("not a regular file") }
        guard status.st_size <= limit else { return .unreadable("\(status.st_size) bytes") }
        let size = Int(status.st_size)
        var failure: Int32 = 0
        let bytes = [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
            while count < size {
                let received = Glibc.read(descriptor, buffer.baseAddress.map { $0 + count }, size - count)
                if received < 0, errno == EINTR { continue }
                if received < 0 { failure = errno }
                guard received > 0 else { break }
                count += received
            }
        }
        return failure == 0 ? .bytes(bytes) : .unreadable(String(cString: strerror(failure)))
    }

    /// The bytes of a regular file of at most `limit` bytes, or `nil` when it cannot be read.
    static func contents(_ path: String, limit: Int = 1 << 20) -> [UInt8]? {
        guard case .bytes(let bytes) = read(path, limit: limit) else { return nil }
        return bytes
    }

    /// The first bytes of a file, at most two: enough for `#!`.
    static func isScript(_ path: String) -> Bool {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        var start: [UInt8] = [0, 0]
        return Glibc.read(descriptor, &start, 2) == 2 && start == Array("#!".utf8)
    }

    /// Whether there is a regular file that we may execute.
    static func isExecutable(_ path: String) -> Bool { isRegular(path) && access(path, X_OK) == 0 }

    /// Whether there is a regular file.
    static func isRegular(_ path: String) -> Bool {
        var status = stat()
        return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
    }

    /// Whether there is anything by that name.
    static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

    /// What changes when a file is replaced or written to: its place on the disk, its times and its size.
    static func stamp(_ path: String) -> String? {
        var status = stat()
        guard stat(path, &status) == 0 else { return nil }
        let times = [status.st_mtim, status.st_ctim].map { "\($0.tv_sec).\($0.tv_nsec)" }
        return "\(status.st_dev) \(status.st_ino) \(times[0]) \(times[1]) \(status.st_size)"
    }

    /// The paths that match a pattern as in glob(7), in the order of their names.
    static func matches(_ pattern: String) -> [String] {
        guard pattern.contains(where: { "*?[".contains($0) }) else { return exists(pattern) ? [pattern] : [] }
        var result = glob_t()
        defer { globfree(&result) }
        guard glob(pattern, 0, nil, &result) == 0 else { return [] }
        return (0..<Int(result.gl_pathc)).compactMap { index in
            result.gl_pathv[index].map { String(cString: $0) }
        }
    }

    /// The names in a directory, sorted; empty when it cannot be read.
    static func names(in directory: String) -> [String] {
        guard let stream = opendir(directory) else { return [] }
        defer { closedir(stream) }
        var names: [String] = []
        while let entry = readdir(stream) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if name != ".", name != ".." { names.append(name) }
        }
        return names.sorted()
    }

    /// `path` without `.` and `..`, by its text alone.
    static func normalised(_ path: String) -> String {
        var parts: [String] = []
        for part in path.pathNames() where part != "." {
            if part == ".." { _ = parts.popLast() } else { parts.append(part) }
        }
        return "/" + parts.joined(separator: "/")
    }

    /// The directory part of an absolute path.
    static func directory(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/"), slash > path.startIndex else { return "/" }
        return String(path[..<slash])
    }

    /// The last part of a path.
    static func name(of path: String) -> String {
        path.lastIndex(of: "/").map { String(path[path.index(after: $0)...]) } ?? path
    }
}
