import Glibc
package import LinuxKernel

/// One of the command's own output streams.
package struct StandardStream: Sendable {
    /// Results.
    package static let output = StandardStream(descriptor: STDOUT_FILENO)
    /// Diagnostics.
    package static let error = StandardStream(descriptor: STDERR_FILENO)

    package let descriptor: Int32

    package init(descriptor: Int32) { self.descriptor = descriptor }

    /// Whether a person looks at it.
    package var isTerminal: Bool { isatty(descriptor) == 1 }

    /// The terminal's width; 80 where it does not say.
    package var columns: Int {
        var size = winsize()
        guard ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 80 }
        return Int(size.ws_col)
    }

    /// Whether text may be coloured: on a terminal that can, unless `NO_COLOR` is set (no-color.org).
    package var takesColor: Bool {
        guard isTerminal, getenv("TERM").map({ String(cString: $0) }) != "dumb" else { return false }
        return getenv("NO_COLOR").map { String(cString: $0).isEmpty } ?? true
    }

    /// Writes all of `bytes`, waiting for a slow reader.
    ///
    /// - Throws: `KernelError`; with `EPIPE` when the reader has gone away.
    package func write(_ bytes: [UInt8]) throws(KernelError) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let written = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            let number = errno
            if written >= 0 {
                rest = rest.dropFirst(written)
            } else if number == EAGAIN {
                // The descriptor is shared with whoever started us, who may have made it non-blocking.
                var poller = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
                _ = poll(&poller, 1, -1)
            } else if number != EINTR {
                throw KernelError(call: "write", number: number)
            }
        }
    }

    /// Writes text as it is.
    package func write(_ text: String) throws(KernelError) { try write(Array(text.utf8)) }

    /// Writes a line for people; what cannot be written then has nobody to read it.
    package func tell(_ line: String) {
        do { try write(line + "\n") } catch { return }
    }

    /// Lets a write to a closed pipe fail with `EPIPE` instead of ending the process.
    ///
    /// A handler, unlike `SIG_IGN`, is not inherited by the programs that are started.
    package static func surviveClosedPipes() { signal(SIGPIPE) { _ in } }
}
