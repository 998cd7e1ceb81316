import CLinux
import Glibc

/// A file in memory that has no name; memfd_create(2).
///
/// Requires Linux 3.17.
public enum MemoryFile {
    /// A sealed file that holds `contents` and cannot change any more.
    public static func sealed(name: String, contents: [UInt8]) throws(KernelError) -> Descriptor {
        let file = Descriptor(owning: try checked(sanderling_memfd_create(name), "memfd_create"))
        try File.write(contents, to: file)
        try checked(sanderling_seal(file.number), "fcntl")
        guard lseek(file.number, 0, SEEK_SET) == 0 else { throw KernelError(call: "lseek", number: errno) }
        return file
    }
}
