/// What an execution consumed, as the kernel counted it.
///
/// ``Limits`` has the same names for the ceilings.
public struct Usage: Sendable, Hashable {
    /// Real time from the program's first instruction to its end.
    public var wallTime: Duration
    /// User plus system time of the whole process tree.
    public var cpuTime: Duration
    /// The part of ``cpuTime`` spent in user mode.
    public var userTime: Duration
    /// The part of ``cpuTime`` spent in the kernel.
    public var systemTime: Duration
    /// Peak resident memory of the whole process tree, files in memory included.
    ///
    /// Where ``Layer/memoryLimit`` is missing, the largest process's alone. On cgroup v2 before Linux 5.19, which keeps no
    /// peak, the most that readings have shown, every 20 milliseconds at first.
    public var memory: ByteCount
    /// Most processes and threads alive at once.
    ///
    /// 0 where ``Layer/processLimit`` is missing: nothing counts them then. On kernels without `pids.peak`, the most that
    /// readings have shown.
    public var processes: Int
    /// Bytes the program wrote to standard output and standard error together, kept or not.
    public var output: ByteCount
    /// Bytes in the writable files when the program ended.
    public var disk: ByteCount

    /// A usage with the given counts.
    public init(
        wallTime: Duration = .zero,
        cpuTime: Duration = .zero,
        userTime: Duration = .zero,
        systemTime: Duration = .zero,
        memory: ByteCount = .bytes(0),
        processes: Int = 0,
        output: ByteCount = .bytes(0),
        disk: ByteCount = .bytes(0),
    ) {
        self.wallTime = wallTime
        self.cpuTime = cpuTime
        self.userTime = userTime
        self.systemTime = systemTime
        self.memory = memory
        self.processes = processes
        self.output = output
        self.disk = disk
    }
}

extension Usage: Codable {
    private enum CodingKeys: String, CodingKey {
        case wallTime = "wall_time"
        case cpuTime = "cpu_time"
        case userTime = "user_time"
        case systemTime = "system_time"
        case memory, processes, output, disk
    }

    /// Decodes durations as seconds and sizes as bytes.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            wallTime: try container.decodeSeconds(forKey: .wallTime),
            cpuTime: try container.decodeSeconds(forKey: .cpuTime),
            userTime: try container.decodeSeconds(forKey: .userTime),
            systemTime: try container.decodeSeconds(forKey: .systemTime),
            memory: try container.decode(ByteCount.self, forKey: .memory),
            processes: try container.decode(Int.self, forKey: .processes),
            output: try container.decode(ByteCount.self, forKey: .output),
            disk: try container.decode(ByteCount.self, forKey: .disk),
        )
    }

    /// Encodes durations as seconds and sizes as bytes.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(wallTime.inSeconds, forKey: .wallTime)
        try container.encode(cpuTime.inSeconds, forKey: .cpuTime)
        try container.encode(userTime.inSeconds, forKey: .userTime)
        try container.encode(systemTime.inSeconds, forKey: .systemTime)
        try container.encode(memory, forKey: .memory)
        try container.encode(processes, forKey: .processes)
        try container.encode(output, forKey: .output)
        try container.encode(disk, forKey: .disk)
    }
}
