import Foundation

/// A report being written: it appears under its name when it is whole, and not before.
///
/// The text goes into `NAME.partial` beside the target, which takes the target's place in one rename. A symbolic link
/// stays, and what it leads to is replaced. A target that is not a regular file (`/dev/stdout`, a pipe) is written
/// directly.
public final class ReportFile {
    private let target: String?
    private let handle: FileHandle

    /// Begins a report at `path`; directories on the way are made.
    ///
    /// - Throws: ``UnfitDestination``, or the system's error when the file cannot be made.
    public convenience init(path: String) throws { try self.init(at: ReportDestination(path)) }

    /// Begins a report at a destination; directories on the way are made.
    ///
    /// - Throws: The system's error when the file cannot be made.
    public init(at destination: ReportDestination) throws {
        switch destination {
        case .file(let path):
            target = path
            handle = try FileHandle(creating: Self.partialPath(of: path))
        case .node(let path):
            target = nil
            handle = try FileHandle(descriptorOf: path, flags: O_WRONLY | O_NOCTTY)
        case .descriptor(let number):
            target = nil
            // A duplicate shares its place in the file, so that nothing written there before is overwritten.
            let duplicate = fcntl(number, F_DUPFD_CLOEXEC, 0)
            guard duplicate >= 0 else { throw CocoaError.system(errno, path: "/dev/fd/\(number)") }
            handle = FileHandle(fileDescriptor: duplicate, closeOnDealloc: true)
        }
    }

    /// Where a report to the regular file `path` grows.
    static func partialPath(of path: String) -> String { path + ".partial" }

    /// Appends a piece of the report.
    ///
    /// - Throws: The system's error: no space, a pipe nobody reads.
    public func write(_ text: String) throws { try handle.write(contentsOf: Data(text.utf8)) }

    /// Appends what another file holds, a part at a time.
    ///
    /// - Throws: The system's error when either cannot be read or written.
    public func copy(from path: String) throws {
        let source = try FileHandle(forReadingFrom: URL(fileURLWithPath: path))
        while let part = try source.read(upToCount: 1 << 18), !part.isEmpty {
            try handle.write(contentsOf: part)
        }
    }

    /// Puts the finished report in place.
    ///
    /// - Throws: The system's error when it cannot be synchronised or renamed.
    public func commit() throws {
        guard let target else { return try handle.close() }
        try handle.commit(Self.partialPath(of: target), as: target)
    }
}

extension FileHandle {
    /// A new file, with the directories on the way to it; whatever had the name before is unlinked, never followed.
    ///
    /// A reader that has the earlier file open keeps it.
    convenience init(creating path: String) throws {
        try FileManager.default.createDirectory(
            at: URL(fileURLWithPath: path).deletingLastPathComponent(),
            withIntermediateDirectories: true,
        )
        unlink(path)
        try self.init(descriptorOf: path, flags: O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW)
    }

    /// Synchronises and closes the file, and gives it its final name in one step.
    ///
    /// Refuses when `partial` is no longer this file, because another report to the same place was begun since.
    func commit(_ partial: String, as target: String) throws {
        var own = stat()
        var named = stat()
        guard fstat(fileDescriptor, &own) == 0, lstat(partial, &named) == 0,
            own.st_ino == named.st_ino, own.st_dev == named.st_dev
        else { throw CocoaError.system(ESTALE, path: partial) }
        try synchronize()
        try close()
        guard rename(partial, target) == 0 else {
            throw CocoaError.system(errno, path: target)
        }
    }

    fileprivate convenience init(descriptorOf path: String, flags: CInt) throws {
        let descriptor = open(path, flags | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw CocoaError.system(errno, path: path) }
        self.init(fileDescriptor: descriptor, closeOnDealloc: true)
    }
}

extension CocoaError {
    /// The error of a failed system call on `path`.
    fileprivate static func system(_ number: CInt, path: String) -> any Error {
        let message = "\(path): \(String(cString: strerror(number)))"
        return NSError(
            domain: NSPOSIXErrorDomain,
            code: Int(number),
            userInfo: [NSLocalizedDescriptionKey: message],
        )
    }
}
