import Languages

/// Paths and identities inside a cell.
enum CellLayout {
    /// Where the program starts and its files are.
    static let work = "/work"
    /// Where a program that may write can, all on one file system.
    static let writableDirectories = [work, "/tmp", "/dev/shm"]
    /// Where the module guard is, when there is one.
    static let guardDirectory = "/sanderling/guard"
    /// What the module guard reads.
    static let guardPolicy = "/sanderling/policy.json"
    /// Where the compile stage finds what was made ahead for it.
    static let warm = WarmCommands.directory
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

    /// Parts of /proc that tell of the host or let a privileged process act on it.
    ///
    /// The list is the OCI runtime specification's default `maskedPaths`, and what later kernels added.
    static let maskedProcessFiles = [
        "acpi", "asound", "bus", "driver", "dynamic_debug", "fs", "interrupts", "iomem", "ioports", "irq",
        "kallsyms",
        "kcore", "key-users", "keys", "kmsg", "kpagecgroup", "kpagecount", "kpageflags", "latency_stats",
        "modules",
        "mtrr", "pressure", "sched_debug", "schedstat", "scsi", "slabinfo", "sysrq-trigger", "timer_list",
        "timer_stats", "vmallocinfo", "config.gz", "cmdline", "bootconfig",
    ]
}
