import Glibc
import LinuxKernel
import SandboxModel

/// The command's exit codes besides the program's own; the one table of them.
package enum ExitStatus {
    /// A batch in which some sample did not meet its expectation; an audit that found something; a
    /// language's definition that cannot be used; an attack that was not contained; a receipt whose signature does not hold.
    package static let unmet: Int32 = 1
    /// A batch file, or a configuration of the service, with mistakes.
    package static let badFile: Int32 = 2
    /// A usage mistake; `EX_USAGE` of sysexits.h, as ArgumentParser has it.
    package static let usage: Int32 = 64
    /// A limit on time.
    package static let timedOut: Int32 = 124
    /// Sanderling refused or failed.
    package static let failed: Int32 = 125
    /// Any other limit.
    package static let overLimit: Int32 = 137
    /// Interrupted from the keyboard or by a signal.
    package static let interrupted: Int32 = 130
    /// Whoever read our output went away; 128 + SIGPIPE.
    package static let readerGone: Int32 = 141

    /// The code for an error of the sandbox's or the system's that ended a command.
    package static func code(forFailure error: any Error) -> Int32 {
        switch error {
        case let error as KernelError where error.call == "write" && error.number == EPIPE: readerGone
        case let error as SandboxError where [.invalidRequest, .unknownLanguage].contains(error.code): usage
        default: failed
        }
    }
}
