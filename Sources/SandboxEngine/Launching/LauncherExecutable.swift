import FoundationEssentials
import Glibc
import LinuxKernel
import Places
import SandboxModel

/// Finds the launcher that belongs to this library.
enum LauncherExecutable {
    static let name = "sanderling-launcher"
    private static let zygoteName = "sanderling-zygote.so"

    /// Opens the launcher: the one that was installed with the command, else the one among the library's resources.
    ///
    /// It must belong to root or to the caller and be writable by nobody else; that it is of this build, it says itself.
    static func open() throws(SandboxError) -> Descriptor {
        let candidates = [{ installed(name) }, { Installation.resource(name) }]
        for candidate in candidates {
            guard let path = candidate(), let file = try? File.open(path, O_RDONLY) else { continue }
            try verify(file, path)
            return file
        }
        throw SandboxError(
            .launcherUnavailable,
            "no \(name) beside this executable or among the library's resources",
            mend: "install it with 'make install', or build with 'swift build'",
        )
    }

    /// The path of what is preloaded into zygotes, beside the launcher; `nil` when it is not there or not to be trusted.
    static let zygoteAgent: String? = {
        for candidate in [{ installed(zygoteName) }, { Installation.resource(zygoteName) }] {
            guard let path = candidate(), let file = try? File.open(path, O_RDONLY),
                (try? verify(file, path)) != nil
            else { continue }
            return path
        }
        return nil
    }()

    private static func installed(_ name: String) -> String? {
        Installation.file("libexec/sanderling/" + name)
    }

    private static func verify(_ file: borrowing Descriptor, _ path: String) throws(SandboxError) {
        var status = stat()
        guard fstat(file.number, &status) == 0, status.st_mode & S_IFMT == S_IFREG,
            status.st_uid == 0 || status.st_uid == geteuid(), status.st_mode & (S_IWGRP | S_IWOTH) == 0
        else {
            throw SandboxError(
                .launcherUnavailable,
                "\(path) could have been changed by others",
                mend: "make it owned by root or by you and writable by nobody else",
            )
        }
    }
}
