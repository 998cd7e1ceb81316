import CLinux
import Glibc

/// Attributes of a mount, as mount_setattr(2) names them.
public struct MountAttributes: OptionSet, Sendable, Hashable {
    /// The kernel's bits.
    public let rawValue: UInt64

    /// Attributes from the kernel's bits.
    public init(rawValue: UInt64) { self.rawValue = rawValue }

    /// `MOUNT_ATTR_RDONLY`: nothing can be written through it.
    public static let readOnly = MountAttributes(rawValue: 0x1)
    /// `MOUNT_ATTR_NOSUID`: set-user-id bits have no effect.
    public static let noSetUserID = MountAttributes(rawValue: 0x2)
    /// `MOUNT_ATTR_NODEV`: device files do not work.
    public static let noDevices = MountAttributes(rawValue: 0x4)
    /// `MOUNT_ATTR_NOEXEC`: nothing on it can be executed.
    public static let noExecution = MountAttributes(rawValue: 0x8)
}

/// Mounts and the mount tree; mount_namespaces(7).
public enum Mount {
    /// A detached copy of what is mounted at and below `path`.
    ///
    /// The corresponding system call is `open_tree` with `OPEN_TREE_CLONE`. Requires Linux 5.2.
    public static func cloneTree(at path: String) throws(KernelError) -> Descriptor {
        Descriptor(owning: try checked(sanderling_clone_tree(AT_FDCWD, path, 1), "open_tree"))
    }

    /// Attaches a detached mount at `path`.
    ///
    /// The corresponding system call is `move_mount`. Requires Linux 5.2.
    public static func attach(_ mount: borrowing Descriptor, at path: String) throws(KernelError) {
        try checked(sanderling_attach_mount(mount.number, AT_FDCWD, path), "move_mount")
    }

    /// Shows what is at `source` at `path` as well; `MS_BIND` of mount(2).
    ///
    /// `ENOTDIR` when one is a directory and the other is not.
    public static func bind(_ source: String, at path: String) throws(KernelError) {
        guard mount(source, path, nil, UInt(MS_BIND), nil) == 0 else {
            throw KernelError(call: "mount", number: errno)
        }
    }

    /// Adds attributes to the mount at `path` and, when `recursive`, to those below it.
    ///
    /// The corresponding system call is `mount_setattr`. Requires Linux 5.12.
    public static func setAttributes(
        _ attributes: MountAttributes,
        at path: String,
        recursive: Bool,
    ) throws(KernelError) {
        try checked(
            sanderling_set_mount_attributes(AT_FDCWD, path, attributes.rawValue, 0, recursive ? 1 : 0),
            "mount_setattr",
        )
    }

    /// Adds attributes to a detached mount.
    public static func setAttributes(
        _ attributes: MountAttributes,
        of mount: borrowing Descriptor,
    ) throws(KernelError) {
        try checked(
            sanderling_set_mount_attributes(mount.number, "", attributes.rawValue, 0, 1),
            "mount_setattr",
        )
    }

    /// Mounts a new file system of `type` at `path`; mount(2).
    ///
    /// Always `nosuid` and `nodev`.
    public static func mountNew(
        type: String,
        at path: String,
        options: String,
        noExecution: Bool = false,
    ) throws(KernelError) {
        let flags = UInt(MS_NOSUID | MS_NODEV | (noExecution ? MS_NOEXEC : 0))
        try checked(sanderling_mount(type, path, flags, options), "mount")
    }

    /// Changes the options of the file system mounted at `path`; `MS_REMOUNT` of mount(2).
    public static func reconfigure(type: String, at path: String, options: String) throws(KernelError) {
        let flags = UInt(MS_REMOUNT | MS_NOSUID | MS_NODEV)
        try checked(sanderling_mount(type, path, flags, options), "mount")
    }

    /// Keeps every mount's events inside this namespace; `MS_REC | MS_PRIVATE` of mount(2).
    public static func makeAllPrivate() throws(KernelError) {
        guard mount(nil, "/", nil, UInt(MS_REC) | UInt(MS_PRIVATE), nil) == 0 else {
            throw KernelError(call: "mount", number: errno)
        }
    }

    /// Detaches what is mounted at `path`; `MNT_DETACH` of umount2(2).
    public static func detach(_ path: String) throws(KernelError) {
        guard umount2(path, Int32(MNT_DETACH)) == 0 else {
            throw KernelError(call: "umount2", number: errno)
        }
    }

    /// Makes `path` the root of the mount tree and lets go of the old one.
    ///
    /// The corresponding system call is `pivot_root`.
    public static func pivotRoot(to path: String) throws(KernelError) {
        guard chdir(path) == 0 else { throw KernelError(call: "chdir", number: errno) }
        try checked(sanderling_pivot_root_here(), "pivot_root")
    }
}

/// Space on a file system; statfs(2).
public struct FileSystemSpace: Sendable, Hashable {
    /// Bytes in all.
    public let capacity: Int
    /// Bytes in use.
    public let used: Int
    /// Files that are there.
    public let usedFiles: Int
    /// Files that can still be made.
    public let freeFiles: Int
    /// Whether it is a tmpfs(5).
    public let isMemory: Bool
    /// Whether programs on it can be executed.
    public let allowsExecution: Bool

    /// The space on the file system that `path` is on.
    public init(at path: String) throws(KernelError) {
        try self.init(of: File.open(path, O_RDONLY | O_DIRECTORY))
    }

    /// The space on the file system that a descriptor is on.
    public init(of descriptor: borrowing Descriptor) throws(KernelError) {
        var space = sanderling_space()
        try checked(sanderling_file_system_space(descriptor.number, &space), "fstatfs")
        capacity = Int(space.capacity)
        used = Int(space.capacity - space.free)
        usedFiles = Int(space.files - space.free_files)
        freeFiles = Int(space.free_files)
        // TMPFS_MAGIC of <linux/magic.h>, ST_NOEXEC of statfs(2).
        isMemory = space.type == 0x0102_1994
        allowsExecution = space.flags & 8 == 0
    }
}
