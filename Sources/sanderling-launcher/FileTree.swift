import Glibc
import LinuxKernel

/// The regular files below a directory that a program could write to.
///
/// Nothing is followed: each directory is opened from its parent's descriptor without symbolic links, and what is not a
/// regular file or a directory is passed over.
struct FileTree {
    /// A regular file.
    struct File: ~Copyable {
        /// Its path relative to the tree's directory.
        let path: [UInt8]
        /// Its size in bytes.
        let size: UInt64
        /// The directory it is in.
        fileprivate let directory: Int32
        /// Its name there.
        fileprivate let name: [CChar]

        /// Opens the file for reading, unless it has become something else.
        func open() -> Descriptor? {
            let number = openat(directory, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
            return number < 0 ? nil : Descriptor(owning: number)
        }
    }

    private let root: String
    /// Directories within directories that are looked into.
    private static let depth = 64

    /// The tree below `root`.
    init(at root: String) { self.root = root }

    /// Visits every regular file until `visit` returns false.
    ///
    /// - Returns: Whether everything could be looked at.
    func walk(_ visit: (borrowing File) -> Bool) -> Bool {
        let number = open(root, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
        guard number >= 0 else { return false }
        var isWhole = true
        _ = walk(directory: number, prefix: [], depth: 0, &isWhole, visit)
        return isWhole
    }

    /// Visits what is in a directory, which it closes.
    private func walk(
        directory: Int32,
        prefix: [UInt8],
        depth: Int,
        _ isWhole: inout Bool,
        _ visit: (borrowing File) -> Bool,
    ) -> Bool {
        guard let stream = fdopendir(directory) else {
            close(directory)
            isWhole = false
            return true
        }
        defer { closedir(stream) }
        while true {
            errno = 0
            guard let entry = readdir(stream) else {
                // The end, or a failure.
                if errno != 0 { isWhole = false }
                return true
            }
            let name = withUnsafePointer(to: &entry.pointee.d_name) { field in
                field.withMemoryRebound(to: CChar.self, capacity: 256) { name in
                    Array(UnsafeBufferPointer(start: name, count: strlen(name) + 1))
                }
            }
            if name == [46, 0] || name == [46, 46, 0] { continue }
            let path = prefix + name.dropLast().map { UInt8(bitPattern: $0) }
            var status = stat()
            guard fstatat(directory, name, &status, AT_SYMLINK_NOFOLLOW) == 0 else {
                isWhole = false
                continue
            }
            switch status.st_mode & S_IFMT {
            case S_IFREG:
                let file = File(path: path, size: UInt64(status.st_size), directory: directory, name: name)
                guard visit(file) else { return false }
            case S_IFDIR:
                let inner =
                    depth < Self.depth
                    ? openat(directory, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC) : -1
                guard inner >= 0 else {
                    isWhole = false
                    continue
                }
                guard walk(directory: inner, prefix: path + [47], depth: depth + 1, &isWhole, visit) else {
                    return false
                }
            default: continue
            }
        }
    }
}
