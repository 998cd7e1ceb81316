import CLinux

/// The network namespace of the calling process; network_namespaces(7).
public enum Network {
    /// Brings the loopback interface up; netdevice(7).
    public static func bringLoopbackUp() throws(KernelError) {
        try checked(sanderling_loopback_up(), "ioctl")
    }
}
