import Glibc
import LinuxKernel

/// What the system says of a failed call, for messages.
enum SystemFailure {
    /// The reason in the system's words, without the call.
    static func reason(_ error: any Error) -> String {
        guard let failure = error as? KernelError else { return "\(error)" }
        return reason(failure.number)
    }

    /// The meaning of an `errno`.
    static func reason(_ number: Int32) -> String { String(cString: strerror(number)) }
}
