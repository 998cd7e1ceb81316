import Glibc
import Places

/// The executables that the command is made of: one that starts at once, and those that it becomes for what it leaves out.
package enum CommandPart: String, Sendable {
    /// `sanderling run` in a sandbox of its own, in the forms that need no parser.
    case run = "sanderling-run"
    /// Everything.
    case whole = "sanderling"

    /// Makes it of this process, with the same arguments, environment and descriptors; execv(3).
    ///
    /// Where that returns, it is not there or does not start, and errno(3) says why. It is `PREFIX/libexec/sanderling/NAME` for `PREFIX/bin/sanderling`, or where SwiftPM puts it.
    ///
    /// - Parameter directory: The latter place, from this executable's own; it ends in a slash unless it is empty.
    package func become(builtIn directory: String) {
        guard let path = path(builtIn: directory) else {
            errno = ENOENT
            return
        }
        execv(path, CommandLine.unsafeArgv)
    }

    /// Makes the whole command of this process, or says that it does not start.
    package static func becomeWhole(builtIn directory: String) -> Never {
        whole.become(builtIn: directory)
        let reason = String(cString: strerror(errno))
        let path = (whole.path(builtIn: directory) ?? whole.rawValue).onOneLine
        StandardStream.error.tell(
            "sanderling: \(path), the rest of this command, does not start: \(reason); install Sanderling again"
        )
        exit(ExitStatus.failed)
    }

    /// Where it is; never a path that the working directory is a part of, where anybody's may lie under that name.
    private func path(builtIn directory: String) -> String? {
        Installation.prefix == nil
            ? Installation.built(directory + rawValue) : Installation.file("libexec/sanderling/" + rawValue)
    }
}
