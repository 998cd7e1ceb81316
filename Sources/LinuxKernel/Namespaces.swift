/// Kinds of namespace, as clone(2) flags; namespaces(7).
public struct Namespaces: OptionSet, Sendable, Hashable {
    /// The kernel's `CLONE_NEW*` bits.
    public let rawValue: UInt64

    /// Namespaces from the kernel's bits.
    public init(rawValue: UInt64) { self.rawValue = rawValue }

    /// `CLONE_NEWNS`; mount_namespaces(7).
    public static let mount = Namespaces(rawValue: 0x0002_0000)
    /// `CLONE_NEWCGROUP`; cgroup_namespaces(7).
    ///
    /// Requires Linux 4.6.
    public static let cgroup = Namespaces(rawValue: 0x0200_0000)
    /// `CLONE_NEWUTS`; uts_namespaces(7).
    public static let uts = Namespaces(rawValue: 0x0400_0000)
    /// `CLONE_NEWIPC`; ipc_namespaces(7).
    public static let ipc = Namespaces(rawValue: 0x0800_0000)
    /// `CLONE_NEWUSER`; user_namespaces(7).
    ///
    /// Requires Linux 3.8.
    public static let user = Namespaces(rawValue: 0x1000_0000)
    /// `CLONE_NEWPID`; pid_namespaces(7).
    public static let pid = Namespaces(rawValue: 0x2000_0000)
    /// `CLONE_NEWNET`; network_namespaces(7).
    public static let network = Namespaces(rawValue: 0x4000_0000)
}
