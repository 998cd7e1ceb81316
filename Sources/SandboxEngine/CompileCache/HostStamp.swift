import Glibc

/// What changes when something that programs are compiled with is replaced.
struct HostStamp: Sendable {
    /// Databases of the packages that are installed: a header, a library or a compiler's inner parts come and go with
    /// them, while the command that compiles stays as it was.
    private static let databases = [
        "/var/lib/dpkg/status", "/var/lib/rpm/rpmdb.sqlite", "/var/lib/rpm/Packages",
        "/usr/lib/sysimage/rpm/rpmdb.sqlite", "/var/lib/pacman/local", "/lib/apk/db/installed",
        // What is chosen among them, and what was put there without a package.
        "/etc/alternatives", "/etc/ld.so.cache", "/usr/include", "/usr/lib",
    ]

    /// Stamps of the databases this host has.
    let packages: [String]

    /// Looks at the host.
    init() { packages = Self.databases.compactMap { path in Self.stamp(path).map { "\(path) \($0)" } } }

    /// A stamp of the file, links followed: inode, size, and when it was written and when replaced; `nil` without one.
    func stamp(_ path: String) -> String? { Self.stamp(path) }

    private static func stamp(_ path: String) -> String? {
        var status = stat()
        guard fstatat(AT_FDCWD, path, &status, 0) == 0 else { return nil }
        return "\(status.st_ino) \(status.st_size) \(FileTime(status.st_mtim)) \(FileTime(status.st_ctim))"
    }
}
