import Glibc
import LaunchProtocol
import LinuxKernel

/// What is in directories that no file system of their own bounds, counted by name, maybe while it becomes more.
///
/// As in a tmpfs, every name is a file, of whatever kind, and contents count once under however many names. What has no name
/// any more is not seen, and what a program moves about meanwhile may be missed.
struct DirectoryCensus {
    /// Bytes that the contents take.
    private(set) var used: UInt64 = 0
    /// Names that could still be made.
    private(set) var freeFiles: UInt64
    private let capacity: UInt64
    /// The inodes with several names that were counted.
    private var counted: Set<UInt64> = []

    /// A directory that is to be looked into: its name, and how much of the path at hand is its parent's.
    private typealias Pending = (parent: Int, name: [CChar])

    /// A census that ends when there is more than `limits` permit.
    init(within limits: CensusLimits) {
        capacity = limits.bytes
        freeFiles = limits.files
    }

    private var isOver: Bool { used > capacity || freeFiles == 0 }

    /// Counts what is below `path`; what is nested deeper than a path can name counts as all that fits.
    ///
    /// Nothing is followed, and however deep the program nested, two directories are open at a time.
    mutating func count(below path: String) {
        guard let root = try? File.open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW) else {
            freeFiles = 0
            return
        }
        var pending: [Pending] = []
        var path: [CChar] = []
        do throws(KernelError) {
            try list(root.duplicate(), &pending, parent: 0)
            while !isOver, let next = pending.popLast() {
                path.removeSubrange(next.parent...)
                path += next.name
                do throws(KernelError) {
                    let flags = O_RDONLY | O_DIRECTORY | O_CLOEXEC
                    let directory = try File.open(path + [0], flags, beneath: root)
                    path.append(47)
                    try list(directory, &pending, parent: path.count)
                } catch let error where [ENOENT, ENOTDIR, EACCES, ELOOP].contains(error.number) {
                    // It has just become something else.
                    continue
                }
            }
        } catch {
            freeFiles = 0
        }
    }

    /// Counts the names in a directory, and adds its directories to `pending`.
    private mutating func list(
        _ directory: consuming Descriptor,
        _ pending: inout [Pending],
        parent: Int,
    ) throws(KernelError) {
        let number = directory.release()
        guard let stream = fdopendir(number) else {
            let error = KernelError(call: "fdopendir", number: errno)
            close(number)
            throw error
        }
        defer { closedir(stream) }
        while !isOver, let entry = readdir(stream) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { field in
                field.withMemoryRebound(to: CChar.self, capacity: 256) { name in
                    Array(UnsafeBufferPointer(start: name, count: strlen(name)))
                }
            }
            if name == [46] || name == [46, 46] { continue }
            freeFiles -= 1
            var status = stat()
            guard fstatat(number, name + [0], &status, AT_SYMLINK_NOFOLLOW) == 0 else { continue }
            guard status.st_mode & S_IFMT == S_IFDIR else {
                count(status)
                continue
            }
            // It is init's own as well, which so can list what is closed to everyone.
            if status.st_mode & S_IRWXU != S_IRWXU {
                fchmodat(number, name + [0], status.st_mode & 0o7777 | S_IRWXU, AT_SYMLINK_NOFOLLOW)
            }
            pending.append((parent, name))
        }
    }

    private mutating func count(_ status: stat) {
        guard status.st_nlink < 2 || counted.insert(UInt64(status.st_ino)).inserted else { return }
        used += UInt64(status.st_blocks) * 512
    }
}
