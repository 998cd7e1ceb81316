import Glibc
import Places
import RunClient

/// The command with everything that this one leaves out.
enum WholeCommand {
    /// Where it is: `PREFIX/libexec/sanderling` for `PREFIX/bin/sanderling`, or where SwiftPM puts it, beside the directory of
    /// resources that this one is in.
    private static var path: String {
        Installation.file("libexec/sanderling/sanderling") ?? Installation.built("../sanderling")
            ?? "sanderling"
    }

    /// Makes it of this process, with the same arguments, environment and descriptors; execv(3).
    static func become() -> Never {
        execv(path, CommandLine.unsafeArgv)
        let reason = String(cString: strerror(errno))
        StandardStream.error.tell(
            "sanderling: \(path.onOneLine), the rest of this command, does not start: \(reason); install Sanderling again"
        )
        exit(ExitStatus.failed)
    }
}
