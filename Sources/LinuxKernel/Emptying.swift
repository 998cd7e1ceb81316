import Glibc

/// Empties a directory that a program could write to, when every process of it is dead.
///
/// However deep the program nested, only one level is open at a time: a directory in a directory is moved up first.
public enum Emptying {
    /// Removes everything in `path`, symbolic links themselves rather than what they point to.
    public static func empty(_ path: String) throws(KernelError) {
        try empty(File.open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW))
    }

    /// Removes everything in the open directory `root`, symbolic links themselves rather than what they point to.
    ///
    /// The corresponding system calls are `unlinkat` and `renameat`.
    public static func empty(_ root: borrowing Descriptor) throws(KernelError) {
        var moved = 0
        while case let names = try names(in: root), !names.isEmpty {
            for name in names where unlinkat(root.number, name, 0) != 0 {
                guard errno == EISDIR || errno == EPERM else {
                    throw KernelError(call: "unlinkat", number: errno)
                }
                try remove(directory: name, in: root, &moved)
            }
        }
    }

    private static func remove(
        directory name: [CChar],
        in root: borrowing Descriptor,
        _ moved: inout Int,
    ) throws(KernelError) {
        if unlinkat(root.number, name, AT_REMOVEDIR) == 0 { return }
        open(closed: name, in: root.number)
        let number = openat(root.number, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
        guard number >= 0 else { throw KernelError(call: "openat", number: errno) }
        let directory = Descriptor(owning: number)
        guard try device(of: directory) == device(of: root) else {
            throw KernelError(call: "openat", number: EXDEV)
        }
        for inner in try names(in: directory) where unlinkat(number, inner, 0) != 0 {
            if unlinkat(number, inner, AT_REMOVEDIR) == 0 { continue }
            // What is to be moved must be writable as well.
            open(closed: inner, in: number)
            // A name of its own is sure to be free when no other directory there can have it.
            repeat { moved += 1 } while faccessat(root.number, ".\(moved)", F_OK, 0) == 0
            guard renameat(number, inner, root.number, ".\(moved)") == 0 else {
                throw KernelError(call: "renameat", number: errno)
            }
        }
        guard unlinkat(root.number, name, AT_REMOVEDIR) == 0 else {
            throw KernelError(call: "unlinkat", number: errno)
        }
    }

    /// Lets its owner into a directory, which may be closed to it, where that has the program's own id.
    private static func open(closed name: [CChar], in directory: Int32) {
        fchmodat(directory, name, 0o700, AT_SYMLINK_NOFOLLOW)
    }

    private static func device(of directory: borrowing Descriptor) throws(KernelError) -> dev_t {
        var status = stat()
        guard fstat(directory.number, &status) == 0 else { throw KernelError(call: "fstat", number: errno) }
        return status.st_dev
    }

    private static func names(in directory: borrowing Descriptor) throws(KernelError) -> [[CChar]] {
        let copy = openat(directory.number, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard copy >= 0, let stream = fdopendir(copy) else {
            throw KernelError(call: "openat", number: errno)
        }
        defer { closedir(stream) }
        var names: [[CChar]] = []
        while let entry = readdir(stream) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { field in
                field.withMemoryRebound(to: CChar.self, capacity: 256) { name in
                    Array(UnsafeBufferPointer(start: name, count: strlen(name) + 1))
                }
            }
            if name != [46, 0], name != [46, 46, 0] { names.append(name) }
        }
        return names
    }
}
