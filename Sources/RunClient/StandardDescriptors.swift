import Glibc

/// Descriptors 0, 1 and 2 of the process.
package enum StandardDescriptors {
    /// Opens `/dev/null` on each of them that whoever started the process has closed.
    ///
    /// Otherwise the next socket or file that is opened gets the number, and is taken for the program's input or ours for
    /// the output. The C library does the same for set-user-ID programs.
    package static func occupy() {
        for number in STDIN_FILENO...STDERR_FILENO where fcntl(number, F_GETFD) < 0 && errno == EBADF {
            // open(2) gives the lowest number that is free, and those below are taken by now.
            guard open("/dev/null", O_RDWR) == number else { _exit(ExitStatus.failed) }
        }
    }
}
