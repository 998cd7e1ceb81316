import Glibc
import LinuxKernel

extension PrivateCacheDirectory {
    /// Opens the directory called `name` in the user's cache directory; `nil` when there can be none.
    init?(named name: String) {
        guard let path = Self.standardPath else { return nil }
        self.init(named: name, at: path)
    }

    /// Opens the directory called `name` in the cache directory at `path`.
    init?(named name: String, at path: String) {
        guard let directory = PrivateCacheDirectory(at: path)?.directory(name) else { return nil }
        self = directory
    }

    /// What the file called `name` holds, at most `limit` bytes of it; `nil` when it is not there or not to be believed.
    func contents(of name: String, limit: Int = 1 << 24) -> [UInt8]? {
        let number = openat(self.number, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
        guard number >= 0 else { return nil }
        let file = Descriptor(owning: number)
        var status = stat()
        guard fstat(number, &status) == 0, status.st_mode & S_IFMT == S_IFREG, status.st_uid == geteuid(),
            status.st_mode & 0o077 == 0, status.st_size <= limit
        else { return nil }
        return try? File.contents(of: file, limit: limit)
    }

    /// Puts a file called `name` there in the place of any other.
    ///
    /// It has no name until it is whole, so that nothing is left of one whose writer is killed.
    func store(_ contents: [UInt8], as name: String) {
        let number = openat(self.number, ".", O_WRONLY | Self.temporary | O_CLOEXEC, 0o600)
        guard number >= 0 else { return }
        let file = Descriptor(owning: number)
        guard (try? File.write(contents, to: file)) != nil else { return }
        let path = "/proc/self/fd/\(number)"
        let isLinked = linkat(AT_FDCWD, path, self.number, name, AT_SYMLINK_FOLLOW) == 0
        guard !isLinked, errno == EEXIST, unlinkat(self.number, name, 0) == 0 else { return }
        // Whoever is quicker has stored the same.
        _ = linkat(AT_FDCWD, path, self.number, name, AT_SYMLINK_FOLLOW)
    }

    /// `O_TMPFILE` of open(2).
    ///
    /// Requires Linux 3.11.
    private static var temporary: Int32 { 0o20_000_000 | O_DIRECTORY }
}
