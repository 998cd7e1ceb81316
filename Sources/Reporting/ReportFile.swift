import Foundation

/// A report being written: it appears under its name when it is whole, and not before.
///
/// The text goes into `NAME.partial` beside the target, which takes the target's place in one rename. A target that
/// is not a regular file (`/dev/stdout`, a pipe) is written directly.
public final class ReportFile {
    private let target: URL
    private let partial: URL?
    private let handle: FileHandle

    /// Begins a report at `path`; directories on the way are made.
    ///
    /// - Throws: The system's error when the file cannot be made.
    public init(path: String) throws {
        target = URL(fileURLWithPath: path)
        var status = stat()
        if stat(path, &status) == 0, status.st_mode & S_IFMT != S_IFREG {
            partial = nil
            handle = try FileHandle(descriptorOf: path, flags: O_WRONLY)
        } else {
            let partial = target.appendingPathExtension("partial")
            self.partial = partial
            handle = try FileHandle(creating: partial)
        }
    }

    /// Appends a piece of the report.
    ///
    /// - Throws: The system's error: no space, a pipe nobody reads.
    public func write(_ text: String) throws { try handle.write(contentsOf: Data(text.utf8)) }

    /// Puts the finished report in place.
    ///
    /// - Throws: The system's error when it cannot be synchronised or renamed.
    public func commit() throws {
        guard let partial else { return try handle.close() }
        try handle.commit(partial, as: target)
    }
}

extension FileHandle {
    /// A new file, with the directories on the way to it; whatever had the name before is unlinked, never followed.
    ///
    /// A reader that has the earlier file open keeps it.
    convenience init(creating file: URL) throws {
        try FileManager.default.createDirectory(
            at: file.deletingLastPathComponent(),
            withIntermediateDirectories: true,
        )
        unlink(file.path)
        try self.init(descriptorOf: file.path, flags: O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW)
    }

    /// Synchronises and closes the file, and gives it its final name in one step.
    ///
    /// Refuses when `partial` is no longer this file, because another report to the same place was begun since.
    func commit(_ partial: URL, as target: URL) throws {
        var own = stat()
        var named = stat()
        guard fstat(fileDescriptor, &own) == 0, lstat(partial.path, &named) == 0,
            own.st_ino == named.st_ino, own.st_dev == named.st_dev
        else { throw CocoaError.system(ESTALE, path: partial.path) }
        try synchronize()
        try close()
        guard rename(partial.path, target.path) == 0 else {
            throw CocoaError.system(errno, path: target.path)
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
