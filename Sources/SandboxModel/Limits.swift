/// Ceilings on what an execution may consume.
///
/// ``Usage`` has the same names for what was consumed. Every limit is enforced by the kernel or, for the clocks, by the
/// host's own timers; none has a value that means "unlimited".
public struct Limits: Sendable, Hashable {
    /// Real time from the program's first instruction until it is killed.
    ///
    /// Default: 10 seconds.
    public var wallTime: Duration
    /// Processor time, user and system, of the whole process tree.
    ///
    /// Default: 10 seconds.
    public var cpuTime: Duration
    /// Share of processors, in units of one CPU: `0.5` is half of one.
    ///
    /// `nil`, the default, sets no share.
    public var cpuShare: Double?
    /// Resident memory of the whole process tree, without swap.
    ///
    /// Default: 256 MB.
    public var memory: ByteCount
    /// Processes and threads alive at once.
    ///
    /// Default: 64.
    public var processes: Int
    /// Bytes kept of each output stream.
    ///
    /// Default: 1 MB.
    public var output: ByteCount
    /// What happens at the output limit.
    ///
    /// Default: the program is killed.
    public var outputOverflow: OutputOverflow
    /// Bytes in all writable files together, in memory.
    ///
    /// Default: 64 MB.
    public var disk: ByteCount
    /// Bytes in one file; `RLIMIT_FSIZE`.
    ///
    /// Default: 64 MB.
    public var fileSize: ByteCount
    /// Descriptors a process may hold; `RLIMIT_NOFILE`.
    ///
    /// Default: 256.
    public var openFiles: Int
    /// Main thread's stack; `RLIMIT_STACK`.
    ///
    /// Default: 8 MiB.
    public var stack: ByteCount

    /// Limits with the given ceilings; the defaults are safe for a stranger's code.
    public init(
        wallTime: Duration = .seconds(10),
        cpuTime: Duration = .seconds(10),
        cpuShare: Double? = nil,
        memory: ByteCount = .megabytes(256),
        processes: Int = 64,
        output: ByteCount = .megabytes(1),
        outputOverflow: OutputOverflow = .kill,
        disk: ByteCount = .megabytes(64),
        fileSize: ByteCount = .megabytes(64),
        openFiles: Int = 256,
        stack: ByteCount = .mebibytes(8),
    ) {
        self.wallTime = wallTime
        self.cpuTime = cpuTime
        self.cpuShare = cpuShare
        self.memory = memory
        self.processes = processes
        self.output = output
        self.outputOverflow = outputOverflow
        self.disk = disk
        self.fileSize = fileSize
        self.openFiles = openFiles
        self.stack = stack
    }

    /// The ceilings of a compile stage: a compiler is larger and slower than most of what it compiles.
    public static let compileDefaults = Limits(
        wallTime: .seconds(60),
        cpuTime: .seconds(60),
        memory: .megabytes(2_000),
        processes: 256,
        output: .megabytes(1),
        outputOverflow: .truncate,
        disk: .megabytes(512),
        fileSize: .megabytes(512),
        openFiles: 1_024,
    )
}

/// What happens when a stream reaches ``Limits/output``.
public enum OutputOverflow: String, Sendable, Hashable, Codable, CaseIterable {
    /// The program is killed; the verdict is ``Verdict/outputLimitExceeded``.
    case kill
    /// The program runs on; what lies beyond the limit is read and dropped, and the result says so.
    case truncate
}

extension Limits: Codable {
    private enum CodingKeys: String, CodingKey {
        case wallTime = "wall_time"
        case cpuTime = "cpu_time"
        case cpuShare = "cpu_share"
        case memory, processes, output
        case outputOverflow = "output_overflow"
        case disk
        case fileSize = "file_size"
        case openFiles = "open_files"
        case stack
    }

    /// Decodes durations as seconds and sizes as bytes; a missing key takes its default.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        self.init()
        if container.contains(.wallTime) { wallTime = try container.decodeSeconds(forKey: .wallTime) }
        if container.contains(.cpuTime) { cpuTime = try container.decodeSeconds(forKey: .cpuTime) }
        cpuShare = try container.decodeIfPresent(Double.self, forKey: .cpuShare)
        memory = try container.decodeIfPresent(ByteCount.self, forKey: .memory) ?? memory
        processes = try container.decodeIfPresent(Int.self, forKey: .processes) ?? processes
        output = try container.decodeIfPresent(ByteCount.self, forKey: .output) ?? output
        outputOverflow =
            try container.decodeIfPresent(OutputOverflow.self, forKey: .outputOverflow) ?? outputOverflow
        disk = try container.decodeIfPresent(ByteCount.self, forKey: .disk) ?? disk
        fileSize = try container.decodeIfPresent(ByteCount.self, forKey: .fileSize) ?? fileSize
        openFiles = try container.decodeIfPresent(Int.self, forKey: .openFiles) ?? openFiles
        stack = try container.decodeIfPresent(ByteCount.self, forKey: .stack) ?? stack
    }

    /// Encodes durations as seconds and sizes as bytes.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(wallTime.inSeconds, forKey: .wallTime)
        try container.encode(cpuTime.inSeconds, forKey: .cpuTime)
        try container.encodeIfPresent(cpuShare, forKey: .cpuShare)
        try container.encode(memory, forKey: .memory)
        try container.encode(processes, forKey: .processes)
        try container.encode(output, forKey: .output)
        try container.encode(outputOverflow, forKey: .outputOverflow)
        try container.encode(disk, forKey: .disk)
        try container.encode(fileSize, forKey: .fileSize)
        try container.encode(openFiles, forKey: .openFiles)
        try container.encode(stack, forKey: .stack)
    }
}
