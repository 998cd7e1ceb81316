/// One primitive step towards a cell's mount tree, carried out by the cell's init in order.
///
/// Before ``pivotRoot`` paths are relative to the new root; afterwards, in a stage's preparation, they are the cell's.
public enum MountStep: WireCodable, Hashable {
    /// Mounts an empty, size-limited tmpfs; tmpfs(5).
    case memoryFileSystem(path: String, bytes: UInt64, files: UInt64, mode: UInt32, owner: UInt32)
    /// Mounts a fresh procfs; proc(5).
    case processFileSystem(path: String)
    /// Makes what a descriptor or a host path shows visible at `path`, which is made to fit.
    case bind(source: BindSource, path: String, attributes: UInt64, isDirectory: Bool)
    /// Makes a directory visible at a second path of the cell.
    case rebind(from: String, to: String)
    /// Makes a directory and those above it that are missing.
    case directory(path: String, mode: UInt32, owner: UInt32)
    /// Makes a file.
    case file(path: String, contents: [UInt8], mode: UInt32, owner: UInt32)
    /// Makes a file of `bytes` bytes from `offset` on of the descriptor with the place `source`.
    case copy(path: String, source: UInt32, offset: UInt64, bytes: UInt64, mode: UInt32, owner: UInt32)
    /// Lets everybody execute the regular file at `path` below `directory`, if there is one; no link is followed.
    case executable(directory: String, path: String)
    /// Makes a symbolic link.
    case symbolicLink(path: String, target: String)
    /// Adds mount attributes to the mount at `path` and, when `recursive`, to those below it.
    case attributes(path: String, attributes: UInt64, recursive: Bool)
    /// Hides what is at `path` behind an empty read-only directory, or /dev/null for a file; absent paths are left.
    case mask(path: String, isDirectory: Bool)
    /// Sets the size of the tmpfs at `path`, to what it holds plus `bytes`, and the files that it can hold.
    case resize(path: String, bytes: UInt64, files: UInt64)
    /// Detaches the mount at `path`.
    case detach(path: String)
    /// Detaches what is mounted at `path` and removes the file or the link that is there; nothing there is no failure.
    case remove(path: String)
    /// Removes everything in the directory at `path`, which holds no mount.
    case empty(path: String)
    /// Makes the new root the root and lets go of the host's tree.
    case pivotRoot

    /// Appends the step.
    public func write(to writer: inout WireWriter) {
        switch self {
        case .memoryFileSystem(let path, let bytes, let files, let mode, let owner):
            writer.write(UInt8(0))
            writer.write(path)
            writer.write(bytes)
            writer.write(files)
            writer.write(mode)
            writer.write(owner)
        case .processFileSystem(let path):
            writer.write(UInt8(1))
            writer.write(path)
        case .bind(let source, let path, let attributes, let isDirectory):
            writer.write(UInt8(2))
            writer.write(source)
            writer.write(path)
            writer.write(attributes)
            writer.write(isDirectory)
        case .rebind(let from, let to):
            writer.write(UInt8(3))
            writer.write(from)
            writer.write(to)
        case .directory(let path, let mode, let owner):
            writer.write(UInt8(4))
            writer.write(path)
            writer.write(mode)
            writer.write(owner)
        case .file(let path, let contents, let mode, let owner):
            writer.write(UInt8(5))
            writer.write(path)
            writer.write(contents)
            writer.write(mode)
            writer.write(owner)
        case .symbolicLink(let path, let target):
            writer.write(UInt8(6))
            writer.write(path)
            writer.write(target)
        case .attributes(let path, let attributes, let recursive):
            writer.write(UInt8(7))
            writer.write(path)
            writer.write(attributes)
            writer.write(recursive)
        case .mask(let path, let isDirectory):
            writer.write(UInt8(8))
            writer.write(path)
            writer.write(isDirectory)
        case .resize(let path, let bytes, let files):
            writer.write(UInt8(9))
            writer.write(path)
            writer.write(bytes)
            writer.write(files)
        case .detach(let path):
            writer.write(UInt8(10))
            writer.write(path)
        case .pivotRoot:
            writer.write(UInt8(11))
        case .remove(let path):
            writer.write(UInt8(15))
            writer.write(path)
        case .empty(let path):
            writer.write(UInt8(12))
            writer.write(path)
        case .executable(let directory, let path):
            writer.write(UInt8(14))
            writer.write(directory)
            writer.write(path)
        case .copy(let path, let source, let offset, let bytes, let mode, let owner):
            writer.write(UInt8(13))
            writer.write(path)
            writer.write(source)
            writer.write(offset)
            writer.write(bytes)
            writer.write(mode)
            writer.write(owner)
        }
    }

    /// Reads a step.
    public init(from reader: inout WireReader) throws(MalformedMessage) {
        switch try reader.read(UInt8.self) {
        case 0:
            self = .memoryFileSystem(
                path: try reader.readString(),
                bytes: try reader.read(UInt64.self),
                files: try reader.read(UInt64.self),
                mode: try reader.read(UInt32.self),
                owner: try reader.read(UInt32.self),
            )
        case 1: self = .processFileSystem(path: try reader.readString())
        case 2:
            self = .bind(
                source: try BindSource(from: &reader),
                path: try reader.readString(),
                attributes: try reader.read(UInt64.self),
                isDirectory: try reader.readBool(),
            )
        case 3: self = .rebind(from: try reader.readString(), to: try reader.readString())
        case 4:
            self = .directory(
                path: try reader.readString(),
                mode: try reader.read(UInt32.self),
                owner: try reader.read(UInt32.self),
            )
        case 5:
            self = .file(
                path: try reader.readString(),
                contents: try reader.readBytes(),
                mode: try reader.read(UInt32.self),
                owner: try reader.read(UInt32.self),
            )
        case 6: self = .symbolicLink(path: try reader.readString(), target: try reader.readString())
        case 7:
            self = .attributes(
                path: try reader.readString(),
                attributes: try reader.read(UInt64.self),
                recursive: try reader.readBool(),
            )
        case 8: self = .mask(path: try reader.readString(), isDirectory: try reader.readBool())
        case 9:
            self = .resize(
                path: try reader.readString(),
                bytes: try reader.read(UInt64.self),
                files: try reader.read(UInt64.self),
            )
        case 10: self = .detach(path: try reader.readString())
        case 11: self = .pivotRoot
        case 12: self = .empty(path: try reader.readString())
        case 13:
            self = .copy(
                path: try reader.readString(),
                source: try reader.read(UInt32.self),
                offset: try reader.read(UInt64.self),
                bytes: try reader.read(UInt64.self),
                mode: try reader.read(UInt32.self),
                owner: try reader.read(UInt32.self),
            )
        case 14: self = .executable(directory: try reader.readString(), path: try reader.readString())
        case 15: self = .remove(path: try reader.readString())
        default: throw MalformedMessage()
        }
    }
}

/// Where a bind mount takes its files from.
public enum BindSource: WireCodable, Hashable {
    /// A detached mount that came with the request, by its place among the descriptors.
    ///
    /// The host opens these before any privilege is given up, so that a directory below another's home can come in.
    case descriptor(index: UInt32)
    /// A path of the host, opened by the cell's init.
    case path(String)

    /// Appends the source.
    public func write(to writer: inout WireWriter) {
        switch self {
        case .descriptor(let index):
            writer.write(true)
            writer.write(index)
        case .path(let path):
            writer.write(false)
            writer.write(path)
        }
    }

    /// Reads a source.
    public init(from reader: inout WireReader) throws(MalformedMessage) {
        self =
            try reader.readBool()
            ? .descriptor(index: try reader.read(UInt32.self)) : .path(try reader.readString())
    }
}
