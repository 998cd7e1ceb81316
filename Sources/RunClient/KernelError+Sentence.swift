import Glibc
package import LinuxKernel

extension KernelError {
    /// What the system says of the failed call, with the call; for messages.
    package var sentence: String { "\(call): \(String(cString: strerror(number)))" }
}
