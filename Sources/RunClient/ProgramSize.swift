package import SandboxModel

/// How large a program's source may be.
package enum ProgramSize {
    /// More than any source; whatever is larger is more likely a device that never ends.
    package static let largest = ByteCount.megabytes(64)
}
