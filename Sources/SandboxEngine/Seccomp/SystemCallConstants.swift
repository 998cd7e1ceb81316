/// The kernel's names for numbers that refused calls carry, from its user-space headers.
enum SystemCallConstants {
    static let families: [UInt32: String] = [
        0: "AF_UNSPEC", 1: "AF_UNIX", 2: "AF_INET", 3: "AF_AX25", 4: "AF_IPX", 5: "AF_APPLETALK", 9: "AF_X25",
        10: "AF_INET6", 15: "AF_KEY", 16: "AF_NETLINK", 17: "AF_PACKET", 21: "AF_RDS", 24: "AF_PPPOX",
        29: "AF_CAN", 30: "AF_TIPC", 31: "AF_BLUETOOTH", 33: "AF_RXRPC", 35: "AF_PHONET", 36: "AF_IEEE802154",
        37: "AF_CAIF", 38: "AF_ALG", 39: "AF_NFC", 40: "AF_VSOCK", 41: "AF_KCM", 42: "AF_QIPCRTR",
        43: "AF_SMC",
        44: "AF_XDP", 45: "AF_MCTP",
    ]
    static let socketTypes: [UInt32: String] = [
        1: "SOCK_STREAM", 2: "SOCK_DGRAM", 3: "SOCK_RAW", 4: "SOCK_RDM", 5: "SOCK_SEQPACKET", 6: "SOCK_DCCP",
        10: "SOCK_PACKET",
    ]
    static let cloneFlags: [UInt32: String] = [
        0x8000: "CLONE_PARENT", 0x20000: "CLONE_NEWNS", 0x200_0000: "CLONE_NEWCGROUP",
        0x400_0000: "CLONE_NEWUTS",
        0x800_0000: "CLONE_NEWIPC", 0x1000_0000: "CLONE_NEWUSER", 0x2000_0000: "CLONE_NEWPID",
        0x4000_0000: "CLONE_NEWNET",
    ]
    static let mountFlags: [UInt32: String] = [
        0x1: "MS_RDONLY", 0x20: "MS_REMOUNT", 0x1000: "MS_BIND", 0x2000: "MS_MOVE", 0x4000: "MS_REC",
        0x40000: "MS_PRIVATE", 0x80000: "MS_SLAVE", 0x100000: "MS_SHARED",
    ]
    static let unmountFlags: [UInt32: String] = [1: "MNT_FORCE", 2: "MNT_DETACH", 4: "MNT_EXPIRE"]
    static let traceRequests: [UInt32: String] = [
        0: "PTRACE_TRACEME", 1: "PTRACE_PEEKTEXT", 2: "PTRACE_PEEKDATA", 4: "PTRACE_POKETEXT",
        5: "PTRACE_POKEDATA", 7: "PTRACE_CONT", 16: "PTRACE_ATTACH", 0x4206: "PTRACE_SEIZE",
    ]
    static let bpfCommands: [UInt32: String] = [
        0: "BPF_MAP_CREATE", 1: "BPF_MAP_LOOKUP_ELEM", 5: "BPF_PROG_LOAD", 6: "BPF_OBJ_PIN", 7: "BPF_OBJ_GET",
        18: "BPF_BTF_LOAD",
    ]
    static let ioctls: [UInt32: String] = [0x5412: "TIOCSTI", 0x541c: "TIOCLINUX"]
    static let processOptions: [UInt32: String] = [
        22: "PR_SET_SECCOMP", 35: "PR_SET_MM", 53: "PR_SET_SPECULATION_CTRL", 57: "PR_SET_IO_FLUSHER",
        59: "PR_SET_SYSCALL_USER_DISPATCH",
        62: "PR_SCHED_CORE", 67: "PR_SET_MEMORY_MERGE", 0x5961_6d61: "PR_SET_PTRACER",
    ]
    static let keyOperations: [UInt32: String] = [
        0: "KEYCTL_GET_KEYRING_ID", 1: "KEYCTL_JOIN_SESSION_KEYRING", 2: "KEYCTL_UPDATE", 8: "KEYCTL_LINK",
        11: "KEYCTL_READ",
    ]
    static let fileTypes: [UInt32: String] = [0x2000: "S_IFCHR", 0x6000: "S_IFBLK", 0x4000: "S_IFDIR"]
}
