import Glibc
package import LinuxKernel
import Places
package import SandboxModel

/// Finds the launcher that belongs to this build.
package enum LauncherExecutable {
    /// Its file's name.
    package static let name = "sanderling-launcher"

    /// Opens the launcher: the one that was installed with the command, else the one that SwiftPM has built.
    ///
    /// It must belong to root or to the caller and be writable by nobody else; that it is of this build, it says itself.
    ///
    /// - Parameter directory: Where the latter is, from this executable's directory; it ends in a slash unless it is empty.
    /// - Returns: The file, open for reading.
    /// - Throws: ``/SandboxModel/SandboxError`` of code `launcherUnavailable`.
    package static func open(builtIn directory: String) throws(SandboxError) -> Descriptor {
        for path in paths(of: name, builtIn: directory) {
            guard let file = try? File.open(path, O_RDONLY) else { continue }
            try verify(file, path)
            return file
        }
        throw SandboxError(
            .launcherUnavailable,
            "no \(name) beside this executable or among the library's resources",
            mend: "install it with 'make install', or build with 'swift build'",
        )
    }

    /// The path of another file that is kept beside the launcher; `nil` when it is not there or not to be trusted.
    ///
    /// - Parameters:
    ///   - name: Its name.
    ///   - directory: Where SwiftPM has put it, as for ``open(builtIn:)``.
    /// - Returns: Its path.
    package static func companion(_ name: String, builtIn directory: String) -> String? {
        paths(of: name, builtIn: directory).first { path in
            guard let file = try? File.open(path, O_RDONLY) else { return false }
            return (try? verify(file, path)) != nil
        }
    }

    private static func paths(of name: String, builtIn directory: String) -> [String] {
        [Installation.file("libexec/sanderling/" + name), Installation.built(directory + name)].compactMap(
            \.self
        )
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
