import FoundationEssentials
import Glibc
import LinuxKernel

/// The private cache directory: a directory of this user's own that nobody else can read or write.
///
/// What is in it is trusted as much as the user's own account, so it is looked at before every use: a directory, no
/// symbolic link, owned by this user, with no right for anybody else. Everything below is reached from the descriptor
/// that was looked at.
struct PrivateCacheDirectory: Sendable {
    /// Keeps the descriptor open for as long as anybody uses it.
    private final class Handle: Sendable {
        let descriptor: Descriptor
        init(_ descriptor: consuming Descriptor) { self.descriptor = descriptor }
    }

    private let handle: Handle
    /// Its path on the host.
    let path: String

    /// Where it is unless the caller says otherwise: `/var/cache/sanderling` for root, else `sanderling` in
    /// `XDG_CACHE_HOME` or `~/.cache`; `nil` without a home.
    static var standardPath: String? {
        if geteuid() == 0 { return "/var/cache/sanderling" }
        let environment = ProcessInfo.processInfo.environment
        if let cache = environment["XDG_CACHE_HOME"], cache.hasPrefix("/") { return cache + "/sanderling" }
        guard let home = environment["HOME"], home.hasPrefix("/") else { return nil }
        return home + "/.cache/sanderling"
    }

    /// Opens `path`, which is made when it is missing; `nil` when it cannot be or others have rights there.
    init?(at path: String) {
        guard let parent = Self.parent(of: path), let slash = path.lastIndex(of: "/") else { return nil }
        let name = String(path[path.index(after: slash)...])
        guard !name.isEmpty, name != ".", name != ".." else { return nil }
        self.init(at: parent + "/" + name, in: AT_FDCWD, name: parent + "/" + name)
    }

    /// Opens a directory in this one, under the same conditions.
    func directory(_ name: String) -> PrivateCacheDirectory? {
        PrivateCacheDirectory(at: path + "/" + name, in: number, name: name)
    }

    /// What to give to openat(2) and its kin.
    var number: Int32 { handle.descriptor.number }

    private init?(at path: String, in parent: Int32, name: String) {
        guard mkdirat(parent, name, 0o700) == 0 || errno == EEXIST else { return nil }
        let number = openat(parent, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
        guard number >= 0 else { return nil }
        let descriptor = Descriptor(owning: number)
        var status = stat()
        guard fstat(number, &status) == 0, status.st_uid == geteuid(), status.st_mode & 0o077 == 0 else {
            return nil
        }
        handle = Handle(descriptor)
        self.path = path
    }

    /// The directory that `path` is in, made if it is missing, with its links followed; `nil` when somebody else could put
    /// another directory in the place of `path`.
    private static func parent(of path: String) -> String? {
        guard path.hasPrefix("/") else { return nil }
        var parents: [String] = []
        for part in path.split(separator: "/").dropLast() {
            parents.append((parents.last ?? "") + "/" + String(part))
            mkdir(parents[parents.count - 1], 0o700)
        }
        guard let resolved = realpath(parents.last ?? "/", nil) else { return nil }
        defer { free(resolved) }
        let parent = String(cString: resolved)
        var ancestor = ""
        for part in [""] + parent.split(separator: "/").map({ "/" + String($0) }) {
            ancestor += part
            guard isSafe(ancestor.isEmpty ? "/" : ancestor) else { return nil }
        }
        return parent == "/" ? "" : parent
    }

    /// Whether nobody but root and this user can move what is in the directory at `path`.
    private static func isSafe(_ path: String) -> Bool {
        var status = stat()
        guard lstat(path, &status) == 0, status.st_uid == 0 || status.st_uid == geteuid() else {
            return false
        }
        if status.st_mode & S_ISVTX != 0 { return true }
        // A group of the user's own name and number has nobody else in it.
        let isOwnGroup = status.st_gid == getegid() && getegid() == geteuid()
        return status.st_mode & (isOwnGroup ? 0o002 : 0o022) == 0
    }
}
