import CLinux
import Glibc
import LinuxKernel

/// A directory of the user's own for what can be made again.
///
/// It lies in `sanderling` below `XDG_CACHE_HOME` or `~/.cache`, and for root in `/var/cache`, whatever the environment
/// says. Whatever is not a directory or file of the user's that nobody else can write to is passed over: a cache is never
/// a reason to fail, and never one to believe somebody else.
final class PrivateCacheDirectory: Sendable {
    private let directory: Descriptor

    /// Opens the cache called `name`, which is made when it is not there; `nil` when there can be none.
    convenience init?(named name: String) {
        guard let base = Self.base else { return nil }
        self.init(named: name, below: base)
    }

    /// Opens the cache called `name` below the cache directory `base`.
    init?(named name: String, below base: String) {
        guard Self.makeDirectories(base), let base = try? File.open(base, O_RDONLY | O_DIRECTORY),
            let own = Self.open("sanderling", in: base), let directory = Self.open(name, in: own)
        else { return nil }
        self.directory = directory
    }

    /// What the file called `name` holds, at most `limit` bytes of it; `nil` when it is not there or not to be believed.
    func contents(of name: String, limit: Int = 1 << 24) -> [UInt8]? {
        guard let file = try? File.open(name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK, in: directory) else {
            return nil
        }
        var status = stat()
        guard fstat(file.number, &status) == 0, Self.isPrivate(status, S_IFREG), status.st_size <= limit
        else {
            return nil
        }
        return try? File.contents(of: file, limit: limit)
    }

    /// Puts a file called `name` there in the place of any other.
    ///
    /// It has no name until it is whole, so that nothing is left of one whose writer is killed.
    func store(_ contents: [UInt8], as name: String) {
        guard let file = try? File.open(".", O_WRONLY | Self.temporary, mode: 0o600, in: directory),
            (try? File.write(contents, to: file)) != nil
        else { return }
        let path = "/proc/self/fd/\(file.number)"
        let isLinked = linkat(AT_FDCWD, path, directory.number, name, AT_SYMLINK_FOLLOW) == 0
        guard !isLinked, errno == EEXIST, unlinkat(directory.number, name, 0) == 0 else { return }
        // Whoever is quicker has stored the same.
        _ = linkat(AT_FDCWD, path, directory.number, name, AT_SYMLINK_FOLLOW)
    }

    /// `O_TMPFILE` of open(2).
    ///
    /// Requires Linux 3.11.
    private static let temporary: Int32 = 0o20_000_000 | O_DIRECTORY

    /// The user's cache directory.
    private static var base: String? {
        if geteuid() == 0 { return "/var/cache" }
        func variable(_ name: String) -> String? {
            getenv(name).map { String(cString: $0) }.flatMap { $0.hasPrefix("/") ? $0 : nil }
        }
        return variable("XDG_CACHE_HOME") ?? variable("HOME").map { $0 + "/.cache" }
    }

    private static func makeDirectories(_ path: String) -> Bool {
        if access(path, F_OK) == 0 { return true }
        guard let slash = path.lastIndex(of: "/"), slash > path.startIndex,
            makeDirectories(String(path[..<slash]))
        else { return false }
        return mkdir(path, 0o700) == 0 || errno == EEXIST
    }

    private static func open(_ name: String, in parent: borrowing Descriptor) -> Descriptor? {
        if mkdirat(parent.number, name, 0o700) != 0, errno != EEXIST { return nil }
        guard let directory = try? File.open(name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW, in: parent) else {
            return nil
        }
        var status = stat()
        guard fstat(directory.number, &status) == 0, isPrivate(status, S_IFDIR) else { return nil }
        return directory
    }

    /// Whether something is of a kind, the user's, and not for others to write to.
    private static func isPrivate(_ status: stat, _ kind: mode_t) -> Bool {
        status.st_mode & S_IFMT == kind && status.st_uid == geteuid() && status.st_mode & 0o077 == 0
    }
}
