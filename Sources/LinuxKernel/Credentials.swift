import CLinux

/// Identities and privileges of the calling process; credentials(7), capabilities(7).
public enum Credentials {
    /// Becomes `uid` and `gid` for good; setresuid(2), setresgid(2).
    ///
    /// Supplementary groups are dropped, except where a user namespace forbids setgroups(2) and `keepGroups` says so.
    public static func become(uid: UInt32, gid: UInt32, keepGroups: Bool) throws(KernelError) {
        try checked(sanderling_set_ids(uid, gid, keepGroups ? 1 : 0), "setresuid")
    }

    /// Makes sure that no capability can be gained again: empties the bounding and ambient sets and locks the securebits.
    ///
    /// The corresponding system call is `prctl`. Requires Linux 4.3, and `CAP_SETPCAP`.
    public static func boundCapabilities() throws(KernelError) {
        try checked(sanderling_bound_capabilities(), "prctl")
    }

    /// Empties the bounding set alone, on kernels that have neither an ambient set nor securebits.
    ///
    /// The corresponding system call is `prctl`. Requires `CAP_SETPCAP`.
    public static func emptyBoundingSet() throws(KernelError) {
        try checked(sanderling_empty_bounding_set(), "prctl")
    }

    /// Makes sure that what is executed has no capability but `CAP_SYS_ADMIN` of the caller's user namespace.
    ///
    /// The corresponding system call is `prctl`. Requires `CAP_SETPCAP`.
    public static func boundCapabilitiesToAdministration() throws(KernelError) {
        try checked(sanderling_bound_capabilities_to(21), "prctl")
    }

    /// Gives up every capability held.
    ///
    /// The corresponding system call is `capset`.
    public static func clearCapabilities() throws(KernelError) {
        try checked(sanderling_clear_capabilities(), "capset")
    }

    /// Forbids gaining privileges by exec; `PR_SET_NO_NEW_PRIVS` of prctl(2).
    ///
    /// Requires Linux 3.5.
    public static func forbidNewPrivileges() throws(KernelError) {
        try checked(sanderling_set_no_new_privileges(), "prctl")
    }
}

/// Ceilings on one process; getrlimit(2).
public enum ResourceLimit {
    /// Sets the soft and the hard ceiling of `resource`, one of the `RLIMIT_*` numbers.
    public static func set(_ resource: Int32, to value: UInt64) throws(KernelError) {
        try checked(sanderling_set_limit(resource, value), "setrlimit")
    }

    /// Keeps the kernel from writing a core file, and from starting a handler of the host's for it.
    public static func forbidCoreFiles() throws(KernelError) {
        try checked(sanderling_forbid_core_files(), "setrlimit")
    }
}
