import Glibc

/// The command line that this process was started with.
package enum OwnArguments {
    /// Ends a process that cannot tell them: without, it would be no command at all, and end well.
    ///
    /// Swift finds them by /proc/self/cmdline, or in a static executable by /proc/self/maps.
    package static func require() {
        guard CommandLine.arguments.isEmpty else { return }
        StandardStream.error.tell("sanderling: its arguments cannot be read from /proc/self: mount /proc")
        exit(ExitStatus.failed)
    }
}
