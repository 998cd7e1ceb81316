import Glibc
import LaunchProtocol
import LinuxKernel

/// Sends a whole directory to the host, after everything else in the cell is dead, if it can be made again from that.
///
/// That is so for directories and regular files with one name each, plain permissions that let their owner read them, and
/// no more of either than fits. At the first thing that is different there is no more to send.
struct TreeCollector {
    private var left: UInt64
    private var entriesLeft = 4_096
    private var failure: KernelError?

    /// Bytes of contents that a message carries.
    private static let chunk = 65_536
    /// Directories within directories.
    private static let depth = 64

    /// A collector of at most `limit` bytes, counted in whole pages as a tmpfs does.
    init(limit: UInt64) { left = limit }

    /// Sends what is in `directory`, and then whether that is everything.
    mutating func collect(from directory: String, to control: borrowing MessageSocket) throws(KernelError) {
        let number = open(directory, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
        var status = stat()
        let isPlain = number >= 0 && fstat(number, &status) == 0 && status.st_mode & 0o7777 == 0o755
        let complete = isPlain && walk(number, prefix: [], depth: 0, control)
        if !isPlain, number >= 0 { close(number) }
        if let failure { throw failure }
        try control.send(CellReply.collected(complete: complete).wireBytes)
    }

    /// Sends what is in a directory, which it closes; false when that cannot be done.
    private mutating func walk(
        _ directory: Int32,
        prefix: [UInt8],
        depth: Int,
        _ control: borrowing MessageSocket,
    ) -> Bool {
        guard let stream = fdopendir(directory) else {
            close(directory)
            return false
        }
        defer { closedir(stream) }
        errno = 0
        while let entry = readdir(stream) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { field in
                field.withMemoryRebound(to: CChar.self, capacity: 256) { name in
                    Array(UnsafeBufferPointer(start: name, count: strlen(name) + 1))
                }
            }
            if name == [46, 0] || name == [46, 46, 0] { continue }
            guard send(name, in: directory, prefix: prefix, depth: depth, control) else { return false }
            errno = 0
        }
        return errno == 0
    }

    private mutating func send(
        _ name: [CChar],
        in directory: Int32,
        prefix: [UInt8],
        depth: Int,
        _ control: borrowing MessageSocket,
    ) -> Bool {
        let path = prefix + name.dropLast().map { UInt8(bitPattern: $0) }
        var status = stat()
        guard entriesLeft > 0, fstatat(directory, name, &status, AT_SYMLINK_NOFOLLOW) == 0 else {
            return false
        }
        entriesLeft -= 1
        let mode = status.st_mode & 0o7777
        let flags = O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC
        switch status.st_mode & S_IFMT {
        case S_IFDIR where mode & 0o7700 == 0o700 && depth < Self.depth:
            let inner = openat(directory, name, flags | O_DIRECTORY)
            guard inner >= 0 else { return false }
            guard tell(.entry(path: path, mode: mode, isDirectory: true), control) else {
                close(inner)
                return false
            }
            return walk(inner, prefix: path + [47], depth: depth + 1, control)
        case S_IFREG where mode & 0o7400 == 0o400 && status.st_nlink == 1:
            let size = (UInt64(status.st_size) + 4_095) / 4_096 * 4_096
            guard size <= left else { return false }
            left -= size
            let number = openat(directory, name, flags)
            guard number >= 0 else { return false }
            return send(Descriptor(owning: number), path: path, mode: mode, control)
        default: return false
        }
    }

    private mutating func send(
        _ file: consuming Descriptor,
        path: [UInt8],
        mode: UInt32,
        _ control: borrowing MessageSocket,
    ) -> Bool {
        guard tell(.entry(path: path, mode: mode, isDirectory: false), control) else { return false }
        do throws(KernelError) {
            while case let part = try File.read(file, capacity: Self.chunk), !part.isEmpty {
                guard tell(.contents(part), control) else { return false }
            }
            return true
        } catch {
            return false
        }
    }

    private mutating func tell(_ reply: CellReply, _ control: borrowing MessageSocket) -> Bool {
        do throws(KernelError) {
            try control.send(reply.wireBytes)
            return true
        } catch {
            failure = error
            return false
        }
    }
}
