import Glibc
import LinuxKernel

/// Empties a directory that a program could write to, when every process of it is dead.
///
/// However deep the program nested, only one level is open at a time: a directory in a directory is moved up first.
enum Emptying {
    /// Removes everything in `path`, symbolic links themselves rather than what they point to.
    static func empty(_ path: String) throws(KernelError) {
        let root = try File.open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW)
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
        // Where init has the program's own id, a directory may be closed to it as well.
        fchmodat(root.number, name, 0o700, 0)
        let number = openat(root.number, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
        guard number >= 0 else { throw KernelError(call: "openat", number: errno) }
        let directory = Descriptor(owning: number)
        guard try device(of: directory) == device(of: root) else {
            throw KernelError(call: "openat", number: EXDEV)
        }
        for inner in try names(in: directory) where unlinkat(number, inner, 0) != 0 {
            if unlinkat(number, inner, AT_REMOVEDIR) == 0 { continue }
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
