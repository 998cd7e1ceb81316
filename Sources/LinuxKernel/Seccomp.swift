import CLinux

/// The system-call filter and its listener; seccomp(2), seccomp_unotify(2).
public enum Seccomp {
    /// A call that the filter handed to its listener.
    public struct Notification: Sendable, Hashable {
        /// The kernel's number for this occurrence.
        public let id: UInt64
        /// `AUDIT_ARCH_*` of the call.
        public let architecture: UInt32
        /// The call's number.
        public let number: Int32
        /// Its six arguments, as registers.
        public let arguments: [UInt64]
    }

    /// Installs a filter of `struct sock_filter` instructions on the calling thread.
    ///
    /// The corresponding system call is `seccomp`. Requires Linux 3.17, and 5.0 for a listener. A second listener in a
    /// chain of filters is refused with `EBUSY`.
    public static func install(_ filter: [UInt8], recording: Bool) throws(KernelError) -> Descriptor? {
        let listener = filter.withUnsafeBytes { buffer in
            sanderling_install_filter(buffer.baseAddress, buffer.count, recording ? 1 : 0)
        }
        try checked(listener, "seccomp")
        return recording ? Descriptor(owning: listener) : nil
    }

    /// The next call that waits for an answer; blocks until there is one.
    public static func receive(from listener: borrowing Descriptor) throws(KernelError) -> Notification {
        var received = sanderling_notification()
        try checked(sanderling_receive_notification(listener.number, &received), "ioctl")
        let words = received.arguments
        return Notification(
            id: received.id,
            architecture: received.architecture,
            number: received.number,
            arguments: [words.0, words.1, words.2, words.3, words.4, words.5],
        )
    }

    /// Makes the call fail with `error`.
    ///
    /// A caller that died meanwhile (`ENOENT`) is no failure.
    public static func refuse(
        _ notification: Notification,
        with error: Int32,
        listener: borrowing Descriptor,
    ) throws(KernelError) {
        let result = sanderling_refuse_notification(listener.number, notification.id, error)
        guard result != -2 else { return }
        try checked(result, "ioctl")
    }
}
