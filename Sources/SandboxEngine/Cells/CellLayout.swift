import Languages

/// Paths and identities inside a cell.
enum CellLayout {
    /// Where the program starts and its files are.
    static let work = "/work"
    /// Where a program that may write can, all on one file system.
    static let writableDirectories = [work, "/tmp", "/dev/shm"]
    /// Where a zygote finds what is preloaded into it; no cell has it.
    static let zygoteAgent = "/sanderling/zygote.so"
    /// Where the module guard is, when there is one.
    static let guardDirectory = "/sanderling/guard"
    /// Where what the module guard reads is.
    static let guardPolicyDirectory = "/sanderling/policy"
    /// What the module guard reads.
    static let guardPolicy = "/sanderling/policy/modules.json"
    /// Where the compile stage finds what was made ahead for it.
    static let warm = WarmCommands.directory
    /// Bytes of files that fit into a cell without scratch files, and how many of them, before it is made larger.
    static let arrivalRoom = 1 << 20
    static let arrivalFiles = 1_024
    /// The descriptor that the module guard reports on.
    static let guardReport = 3
    /// The program's user and group.
    static let identity: UInt32 = 1_000
    /// The program's user name.
    static let userName = "sandbox"
    /// The name of the host that the program sees.
    static let hostName = "sandbox"
    /// Where the scratch file system is mounted while the tree is being built.
    static let scratch = "/.scratch"

    /// Device files that programs need and cannot do harm with.
    static let devices = ["null", "zero", "full", "random", "urandom"]

    /// Directories of /proc that tell of the host or let a privileged process act on it.
    ///
    /// With ``maskedProcessFiles`` the OCI runtime specification's default `maskedPaths`, and what later kernels added.
    static let maskedProcessDirectories = [
        "acpi", "asound", "bus", "driver", "dynamic_debug", "fs", "irq", "pressure", "scsi",
    ]

    /// Files of /proc that do.
    ///
    /// `locks` has those of open file descriptions of the whole host, which belong to no pid namespace.
    static let maskedProcessFiles = [
        "interrupts", "iomem", "ioports", "kallsyms", "kcore", "key-users", "keys", "kmsg", "kpagecgroup",
        "kpagecount", "kpageflags", "latency_stats", "locks", "modules", "mtrr", "sched_debug", "schedstat",
        "slabinfo",
        "sysrq-trigger", "timer_list", "timer_stats", "vmallocinfo", "config.gz", "cmdline", "bootconfig",
    ]
}
