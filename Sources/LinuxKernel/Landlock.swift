import CLinux
import Glibc

/// Access to files, restricted by the process itself; landlock(7).
///
/// Requires Linux 5.13.
public enum Landlock {
    /// What may be done with the files below a path, by the kernel's `LANDLOCK_ACCESS_FS_*` bits.
    public struct Access: OptionSet, Sendable, Hashable {
        /// The kernel's bits.
        public let rawValue: UInt64

        /// Access from the kernel's bits.
        public init(rawValue: UInt64) { self.rawValue = rawValue }

        /// Execute, read files and list directories.
        public static let readAndExecute = Access(rawValue: 1 << 0 | 1 << 2 | 1 << 3)
        /// Read files and list directories.
        public static let read = Access(rawValue: 1 << 2 | 1 << 3)
        /// Read and write files that exist, and talk to devices.
        public static let readAndWrite = Access(rawValue: 1 << 1 | 1 << 2 | 1 << 3 | 1 << 14 | 1 << 15)
        /// Everything except making device files.
        public static let everything = Access(rawValue: ((1 << 16) - 1) & ~(1 << 6 | 1 << 11))
    }

    /// The version of the kernel's interface, or `nil` when it has none or it is switched off.
    public static var version: Int? {
        let version = sanderling_landlock_abi()
        return version > 0 ? Int(version) : nil
    }

    /// The version from which abstract sockets and signals can be kept inside.
    ///
    /// Linux 6.12.
    public static let versionWithScope = 6

    /// Rules being collected, applied by ``restrict()``.
    public struct Ruleset: ~Copyable {
        private let descriptor: Descriptor
        private let handled: UInt64

        /// A rule set that refuses every kind of file access the kernel knows, but for what rules allow.
        ///
        /// With `scoped`, abstract sockets and signals stay inside as well. With `withoutNetwork`, which needs ABI 4, no TCP
        /// port can be bound or connected to.
        public init(version: Int, scoped: Bool, withoutNetwork: Bool = false) throws(KernelError) {
            // ABI 1 has 13 kinds of access; 2 adds REFER, 3 TRUNCATE, 5 IOCTL_DEV.
            let kinds = version >= 5 ? 16 : version >= 3 ? 15 : version >= 2 ? 14 : 13
            handled = (1 << UInt64(kinds)) - 1
            descriptor = Descriptor(
                owning: try checked(
                    sanderling_landlock_create(handled, withoutNetwork ? 3 : 0, scoped ? 3 : 0),
                    "landlock_create_ruleset",
                )
            )
        }

        /// A rule set that leaves files alone, and keeps signals and abstract sockets inside.
        ///
        /// Requires ABI 6, Linux 6.12.
        public static func scope() throws(KernelError) -> Ruleset {
            Ruleset(
                descriptor: Descriptor(
                    owning: try checked(sanderling_landlock_create(0, 0, 3), "landlock_create_ruleset")
                )
            )
        }

        private init(descriptor: consuming Descriptor) {
            self.descriptor = descriptor
            handled = 0
        }

        /// Allows `access` at and below `path`.
        public borrowing func allow(_ access: Access, below path: String) throws(KernelError) {
            let place = try File.openPlace(path)
            var status = stat()
            guard fstat(place.number, &status) == 0 else { throw KernelError(call: "fstat", number: errno) }
            // The kernel refuses directory rights on what is not a directory.
            let onFiles: UInt64 = 1 << 0 | 1 << 1 | 1 << 2 | 1 << 14 | 1 << 15
            let isDirectory = status.st_mode & S_IFMT == S_IFDIR
            let granted = access.rawValue & handled & (isDirectory ? .max : onFiles)
            try checked(
                sanderling_landlock_allow(descriptor.number, place.number, granted),
                "landlock_add_rule",
            )
        }

        /// Gives up the rule set's descriptor without closing it, for another process to apply.
        public consuming func release() -> Int32 { descriptor.release() }

        /// Applies the rules to the calling thread for good; needs no_new_privs.
        public consuming func restrict() throws(KernelError) {
            try checked(sanderling_landlock_restrict(descriptor.number), "landlock_restrict_self")
        }
    }
}
