import ArgumentParser
import LinuxKernel
import SandboxModel
import Sanderling
import Service

/// The command's exit codes besides the program's own; the one table of them.
enum ExitStatus {
    /// A batch in which some sample did not meet its expectation; an audit that found something; a
    /// language's definition that cannot be used; an attack that was not contained; a receipt whose signature does not hold.
    static let unmet: Int32 = 1
    /// A batch file, or a configuration of the service, with mistakes.
    static let badFile: Int32 = 2
    /// A usage mistake; `EX_USAGE` of sysexits.h, as ArgumentParser has it.
    static let usage: Int32 = 64
    /// A limit on time.
    static let timedOut: Int32 = 124
    /// Sanderling refused or failed.
    static let failed: Int32 = 125
    /// Any other limit.
    static let overLimit: Int32 = 137
    /// Interrupted from the keyboard or by a signal.
    static let interrupted: Int32 = 130
    /// Whoever read our output went away; 128 + SIGPIPE.
    static let readerGone: Int32 = 141

    /// The code for an error that ended a command.
    static func code(for error: any Error) -> Int32 {
        switch error {
        case is Mistake: usage
        case is BatchFileError, is ConfigurationMistakes: badFile
        case is CancellationError: interrupted
        case let error as KernelError where error.call == "write" && error.number == 32: readerGone
        case let error as SandboxError where [.invalidRequest, .unknownLanguage].contains(error.code): usage
        default: failed
        }
    }
}
