import CLinux
import Glibc

/// Opening, reading and writing files by path or from a directory's descriptor.
public enum File {
    /// Opens `path`, relative to `directory` when that is given.
    ///
    /// The corresponding system call is `openat`; `O_CLOEXEC` is always set.
    public static func open(
        _ path: String,
        _ flags: Int32,
        mode: UInt32 = 0,
        in directory: borrowing Descriptor,
    ) throws(KernelError) -> Descriptor {
        try open(path, flags, mode: mode, inDirectory: directory.number)
    }

    /// Opens `path`, relative to the current directory.
    ///
    /// The corresponding system call is `openat`; `O_CLOEXEC` is always set.
    public static func open(_ path: String, _ flags: Int32, mode: UInt32 = 0) throws(KernelError)
        -> Descriptor
    {
        try open(path, flags, mode: mode, inDirectory: AT_FDCWD)
    }

    /// Opens `path` below `directory`, through no link of any kind.
    ///
    /// The corresponding system call is `openat2`. Requires Linux 5.6.
    public static func open(
        _ path: String,
        _ flags: Int32,
        beneath directory: borrowing Descriptor,
    ) throws(KernelError) -> Descriptor {
        try open(Array(path.utf8CString), flags, beneath: directory)
    }

    /// Opens `path`, bytes that end with a 0, below `directory`, through no link of any kind.
    ///
    /// The corresponding system call is `openat2`. Requires Linux 5.6.
    public static func open(
        _ path: [CChar],
        _ flags: Int32,
        beneath directory: borrowing Descriptor,
    ) throws(KernelError) -> Descriptor {
        // RESOLVE_NO_MAGICLINKS, RESOLVE_NO_SYMLINKS and RESOLVE_BENEATH.
        let number = sanderling_openat2(directory.number, path, UInt64(flags), 0, 0x02 | 0x04 | 0x08)
        return Descriptor(owning: try checked(number, "openat2"))
    }

    /// Opens `path` as a place in the tree, without access to its contents; `O_PATH` of open(2).
    public static func openPlace(_ path: String) throws(KernelError) -> Descriptor {
        try open(path, 0o10_000_000, mode: 0, inDirectory: AT_FDCWD)
    }

    /// Opens `path`, relative to the directory whose descriptor has the number `directory`.
    ///
    /// The corresponding system call is `openat`; `O_CLOEXEC` is always set.
    public static func open(
        _ path: String,
        _ flags: Int32,
        mode: UInt32 = 0,
        inDirectory directory: Int32,
    ) throws(KernelError) -> Descriptor {
        let number = openat(directory, path, flags | O_CLOEXEC, mode)
        guard number >= 0 else { throw KernelError(call: "openat", number: errno) }
        return Descriptor(owning: number)
    }

    /// Writes all of `bytes`; write(2).
    public static func write(_ bytes: [UInt8], to descriptor: borrowing Descriptor) throws(KernelError) {
        var offset = 0
        while offset < bytes.count {
            let written = bytes.withUnsafeBytes { buffer in
                Glibc.write(descriptor.number, buffer.baseAddress.map { $0 + offset }, bytes.count - offset)
            }
            if written < 0 {
                let number = errno
                guard number == EINTR else { throw KernelError(call: "write", number: number) }
            } else {
                offset += written
            }
        }
    }

    /// Copies `bytes` bytes from `offset` on of the descriptor `source`, inside the kernel; sendfile(2).
    ///
    /// A source that ends before is an error.
    public static func copy(
        from source: Int32,
        offset: UInt64,
        bytes: UInt64,
        to descriptor: borrowing Descriptor,
    ) throws(KernelError) {
        var offset = off_t(offset)
        var left = Int(bytes)
        while left > 0 {
            let copied = sendfile(descriptor.number, source, &offset, left)
            if copied < 0 {
                let number = errno
                guard number == EINTR else { throw KernelError(call: "sendfile", number: number) }
            } else {
                guard copied > 0 else { throw KernelError(call: "sendfile", number: EIO) }
                left -= copied
            }
        }
    }

    /// Reads at most `capacity` bytes; an empty array is the end of the file.
    ///
    /// See read(2).
    public static func read(
        _ descriptor: borrowing Descriptor,
        capacity: Int = 65_536,
    ) throws(KernelError) -> [UInt8] {
        var failure: Int32 = 0
        let bytes = [UInt8](unsafeUninitializedCapacity: capacity) { buffer, count in
            var received: Int
            repeat {
                received = Glibc.read(descriptor.number, buffer.baseAddress, capacity)
            } while received < 0 && errno == EINTR
            failure = received < 0 ? errno : 0
            count = max(0, received)
        }
        guard failure == 0 else { throw KernelError(call: "read", number: failure) }
        return bytes
    }

    /// Reads at most `capacity` bytes of what has come; `nil` where nothing has, and an empty array at the end.
    ///
    /// Of a descriptor that does not block: `EAGAIN` of read(2).
    public static func readAvailable(
        _ descriptor: borrowing Descriptor,
        capacity: Int = 65_536,
    ) throws(KernelError) -> [UInt8]? {
        do throws(KernelError) {
            return try read(descriptor, capacity: capacity)
        } catch  where error.number == EAGAIN {
            return nil
        }
    }

    /// The file's kind and permissions, as `st_mode` of inode(7) has them.
    ///
    /// The corresponding system call is `fstat`.
    public static func mode(of descriptor: borrowing Descriptor) throws(KernelError) -> UInt32 {
        var status = stat()
        guard fstat(descriptor.number, &status) == 0 else { throw KernelError(call: "fstat", number: errno) }
        return status.st_mode
    }

    /// Everything in the file, at most `limit` bytes of it.
    public static func contents(
        of descriptor: borrowing Descriptor,
        limit: Int = 1 << 24,
    ) throws(KernelError) -> [UInt8] {
        var contents: [UInt8] = []
        while contents.count < limit {
            let part = try read(descriptor, capacity: min(65_536, limit - contents.count))
            if part.isEmpty { break }
            contents += part
        }
        return contents
    }

    /// Everything in the file at `path` as text, as the small files of /proc and /sys are read.
    public static func text(at path: String) throws(KernelError) -> String {
        String(decoding: try contents(of: open(path, O_RDONLY)), as: UTF8.self)
    }

    /// What the file at `path` gives with one call, at most 8 KiB, as text.
    ///
    /// For files of /proc that give all that they have to say at once; `seq_read_iter` in the kernel.
    public static func reading(at path: String) throws(KernelError) -> String {
        String(decoding: try read(open(path, O_RDONLY), capacity: 8_192), as: UTF8.self)
    }

    /// Writes `text` into an existing file with one call, as the files of /proc and cgroups want it.
    public static func write(_ text: String, at path: String) throws(KernelError) {
        try write(Array(text.utf8), to: open(path, O_WRONLY))
    }
}
