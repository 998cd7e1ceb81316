/// One wall around the program, or one limit's mechanism in the kernel.
///
/// Every layer that the policy and the limits call for is required. A host that cannot enforce one refuses the
/// execution, unless the caller named it in ``Policy/allowMissing``.
public enum Layer: String, Sendable, Hashable, Codable, CaseIterable {
    /// Identities inside that mean nothing outside; user_namespaces(7).
    case userNamespace = "user_namespace"
    /// A mount tree of its own, without the host's files; mount_namespaces(7).
    case mountNamespace = "mount_namespace"
    /// Process ids of its own; no sight of the host's processes; pid_namespaces(7).
    case pidNamespace = "pid_namespace"
    /// An empty network; network_namespaces(7).
    ///
    /// Not required when the policy shares the host's network.
    case networkNamespace = "network_namespace"
    /// System V and POSIX message objects of its own; ipc_namespaces(7).
    case ipcNamespace = "ipc_namespace"
    /// A host name of its own; uts_namespaces(7).
    case utsNamespace = "uts_namespace"
    /// A view of the cgroup tree that begins at the sandbox; cgroup_namespaces(7).
    case cgroupNamespace = "cgroup_namespace"
    /// No capability in any set, the bounding set included; capabilities(7).
    case capabilities
    /// No privilege can be gained by exec; PR_SET_NO_NEW_PRIVS(2const).
    case noNewPrivileges = "no_new_privileges"
    /// The system-call filter; seccomp(2).
    case seccomp
    /// The record of the calls that the filter refused; seccomp_unotify(2).
    case seccompRecording = "seccomp_recording"
    /// File-system access restricted once more, by the process itself; landlock(7).
    case landlock
    /// Abstract sockets and signals kept inside the sandbox by Landlock ABI 6 (Linux 6.12).
    ///
    /// Required only when the policy shares the host's network, where abstract sockets would be shared too.
    case landlockScope = "landlock_scope"
    /// Per-process ceilings: file size, open files, stack, core size; getrlimit(2).
    case resourceLimits = "resource_limits"
    /// The memory controller of cgroups(7).
    case memoryLimit = "memory_limit"
    /// The pids controller of cgroups(7).
    case processLimit = "process_limit"
    /// The clock that counts the whole tree's processor time: cpuacct (v1) or cpu.stat (v2).
    case cpuTimeLimit = "cpu_time_limit"
    /// The bandwidth controller: cpu.cfs_quota_us (v1) or cpu.max (v2).
    case cpuShareLimit = "cpu_share_limit"
}
